"use client";

import { BotOff, CircleDollarSign } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { useClub } from "#components/lib/club.tsx";
import { formatAddress, formatCalendarDate, words } from "#components/lib/format.ts";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { pastDuePath } from "#components/lib/paths.ts";
import { Avatar } from "#components/ui/avatar.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { PersonDetail } from "#server/domain/person-view.ts";

type Member = PersonDetail["members"][number];

/** Name, number, state, and what is owed with the age of that figure. */
export const PersonHead = ({ person }: { readonly person: PersonDetail }) => {
  const [member] = person.members;
  const addresses = addressesOf(person);
  return (
    <header className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <Avatar name={person.name} className="size-12 text-base" />
        <div className="min-w-0">
          <h1 className="text-xl font-semibold break-words">{person.name}</h1>
          <p className="text-sm break-words text-ink-2 tabular-nums">
            {addresses.length === 0 ? "No address is known" : addresses.join(" · ")}
          </p>
        </div>
      </div>
      <p className="flex flex-wrap gap-1.5">
        {member === undefined ? null : <MemberChips member={member} />}
        {member === undefined && person.prospects.length > 0 ? <Chip>Prospect</Chip> : null}
        {member === undefined && person.prospects.length === 0 ? <Chip>In no system of the club</Chip> : null}
        {person.isAgentOff ? (
          <Chip tone="warn" icon={<BotOff aria-hidden="true" />}>
            Spotter is off for this person
          </Chip>
        ) : null}
        {person.tags.map((tag) => (
          <Chip key={tag} tone="outline">
            {words(tag)}
          </Chip>
        ))}
      </p>
      {person.members.map((one) => (
        <MemberLine key={one.id} member={one} isOneOfSeveral={person.members.length > 1} contactId={person.contactId} />
      ))}
      {member === undefined
        ? person.prospects.map(({ createdOn, id, source }) => (
            <dl key={id} className="flex flex-wrap gap-x-8 gap-y-2">
              <Figure label="Source">{source === null ? "Not known" : words(source)}</Figure>
              <Figure label="Known since">{createdOn === null ? "Not told" : formatCalendarDate(createdOn)}</Figure>
            </dl>
          ))
        : null}
    </header>
  );
};

const MemberChips = ({ member }: { readonly member: Member }) => (
  <>
    <Chip tone={MEMBER_LABELS[member.status].tone}>{MEMBER_LABELS[member.status].label}</Chip>
    {member.isArchived ? <Chip>Gone from the club&apos;s system</Chip> : null}
    {member.accessState === null ? null : (
      <Chip tone={member.accessState === "locked" ? "bad" : "good"}>{member.accessState === "locked" ? "Locked out" : "Door open"}</Chip>
    )}
  </>
);

type MemberLineProps = { readonly member: Member; readonly isOneOfSeveral: boolean; readonly contactId: string };

const MemberLine = ({ contactId, isOneOfSeveral, member }: MemberLineProps) => {
  const { slug } = useClub();
  const owes = member.balanceMinor !== null && BigInt(member.balanceMinor) > 1n;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {isOneOfSeveral ? <Figure label="Record">{member.name}</Figure> : null}
      <Figure label="Balance">
        <Balance member={member} />
        {owes ? (
          <Link href={pastDuePath(slug, contactId)} className="flex min-h-6 items-center gap-1 text-xs underline underline-offset-2">
            <CircleDollarSign aria-hidden="true" className="size-3.5" />
            What is done about it
          </Link>
        ) : null}
      </Figure>
      {member.membershipType === null ? null : <Figure label="Membership">{member.membershipType}</Figure>}
      {member.statusMessage === null ? null : <Figure label="Vendor says">{member.statusMessage}</Figure>}
      <Figure label="Joined">{member.joinedOn === null ? "Not told" : formatCalendarDate(member.joinedOn)}</Figure>
      <Figure label="Last visit">
        {member.lastVisitAt === null ? "None seen" : <RelativeTime at={member.lastVisitAt} isInSentence />}
      </Figure>
      <Figure label="Visits on record">{member.visitCount}</Figure>
    </dl>
  );
};

/** What nobody has told is no zero, and an amount without its age would be taken for today's. */
const Balance = ({ member: { balanceMinor, balanceReadAt, currency, trainingBalanceMinor } }: { readonly member: Member }) =>
  balanceMinor === null ? (
    "Not told"
  ) : (
    <>
      <span className={BigInt(balanceMinor) > 1n ? "font-semibold text-bad-ink" : ""}>{formatMoney(balanceMinor, currency)}</span>
      {trainingBalanceMinor === null || BigInt(trainingBalanceMinor) <= 1n
        ? null
        : `, ${formatMoney(trainingBalanceMinor, currency)} of it for training`}
      {balanceReadAt === null ? null : (
        <span className="block text-xs text-ink-3">
          read <RelativeTime at={balanceReadAt} isInSentence />
        </span>
      )}
    </>
  );

const Figure = ({ children, label }: { readonly label: string; readonly children: ReactNode }) => (
  <div className="text-sm">
    <dt className="text-xs text-ink-3">{label}</dt>
    <dd className="tabular-nums">{children}</dd>
  </div>
);

const addressesOf = ({ addresses, members }: PersonDetail): readonly string[] => [
  ...new Set(
    [...addresses.map(({ address }) => address), ...members.flatMap(({ email, phone }) => [phone, email])]
      .filter((address) => address !== null)
      .map(formatAddress),
  ),
];
