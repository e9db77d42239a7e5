"use client";

import { useClock } from "#components/lib/clock.tsx";
import { formatAddress, formatCalendarDate, formatDate, formatMoment, words } from "#components/lib/format.ts";
import { MEMBER_LABELS } from "#components/lib/labels.ts";
import { Fact, Section } from "#components/panel/section.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { ContactPanel } from "#server/domain/contact-panel-view.ts";

type Member = NonNullable<ContactPanel["member"]>;

export const MemberFacts = ({ member }: { readonly member: Member }) => {
  const { label, tone } = MEMBER_LABELS[member.status];
  return (
    <Section title="Membership">
      <dl>
        <Fact label="Status">
          <Chip tone={tone}>{label}</Chip>
        </Fact>
        {member.statusMessage === null ? null : <Fact label="Vendor says">{member.statusMessage}</Fact>}
        {member.membershipType === null ? null : <Fact label="Plan">{member.membershipType}</Fact>}
        <Balance member={member} />
        {member.accessState === null ? null : (
          <Fact label="Doors">
            <Chip tone={member.accessState === "locked" ? "bad" : "good"}>{member.accessState === "locked" ? "Locked out" : "Open"}</Chip>
          </Fact>
        )}
        {member.joinedOn === null ? null : <Fact label="Joined">{formatCalendarDate(member.joinedOn)}</Fact>}
        <Fact label="Visits on record">{member.visitCount}</Fact>
        <Fact label="Last visit">{member.lastVisitAt === null ? "None seen" : <RelativeTime at={member.lastVisitAt} isInSentence />}</Fact>
        {member.phone === null ? null : <Fact label="Phone">{formatAddress(member.phone)}</Fact>}
        {member.email === null ? null : <Fact label="E-mail">{member.email}</Fact>}
      </dl>
    </Section>
  );
};

/** An amount without its age would be taken for today's. */
const Balance = ({ member }: { readonly member: Member }) =>
  member.balanceMinor === null ? null : (
    <Fact label="Balance">
      {formatMoney(member.balanceMinor, member.currency)}
      {member.balanceReadAt === null ? null : (
        <span className="block text-xs text-ink-3">
          read <RelativeTime at={member.balanceReadAt} isInSentence />
        </span>
      )}
    </Fact>
  );

const PROMISE_LABELS = new Map([
  ["open", "Open"],
  ["kept", "Kept"],
  ["broken", "Broken"],
  ["withdrawn", "Withdrawn"],
]);

/** What they said they will pay, and what became of it. */
export const PromiseFacts = ({ promises }: Pick<ContactPanel, "promises">) => (
  <Section title="Payment promises">
    <dl>
      {promises.map(({ id, amountMinor, currency, promisedOn, status }) => (
        <Fact key={id} label={`By ${formatCalendarDate(promisedOn)}`}>
          {amountMinor === null ? "All that is owed" : formatMoney(amountMinor, currency)}
          <span className="block text-xs text-ink-3">{PROMISE_LABELS.get(status) ?? status}</span>
        </Fact>
      ))}
    </dl>
  </Section>
);

export const ProspectFacts = ({ prospect }: { readonly prospect: NonNullable<ContactPanel["prospect"]> }) => (
  <Section title="Prospect">
    <dl>
      <Fact label="Source">{prospect.source === null ? "Not known" : words(prospect.source)}</Fact>
      {prospect.createdOn === null ? null : <Fact label="Known since">{formatCalendarDate(prospect.createdOn)}</Fact>}
    </dl>
  </Section>
);

export const VisitFacts = ({ visits }: { readonly visits: readonly Date[] }) => {
  const clock = useClock();
  return (
    <Section title="Recent visits">
      <ul className="flex flex-wrap gap-1.5">
        {visits.map((visit) => (
          <li key={visit.getTime()} title={formatMoment(visit, clock.zone)}>
            <Chip className="tabular-nums">{formatDate(visit, clock)}</Chip>
          </li>
        ))}
      </ul>
    </Section>
  );
};
