"use client";

import { CircleAlert, CircleCheck, CircleHelp, Users } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { formatAddress } from "#components/lib/format.ts";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import { conversationPath, personPath } from "#components/lib/paths.ts";
import { BookingFacts } from "#components/panel/booking-facts.tsx";
import { ConsentFacts } from "#components/panel/consent-facts.tsx";
import { MemberFacts, PromiseFacts, ProspectFacts, VisitFacts } from "#components/panel/member-facts.tsx";
import { Section } from "#components/panel/section.tsx";
import { WhoIsThis } from "#components/panel/who-is-this.tsx";
import { Avatar } from "#components/ui/avatar.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { ContactPanel } from "#server/domain/contact-panel-view.ts";

type ContactFactsProps = { readonly contact: ContactPanel; readonly conversationId: Id<"conversation"> };

/** What the club knows about the person, each fact with its age where it can be old. */
export const ContactFacts = ({ contact, conversationId }: ContactFactsProps) => (
  <>
    <div className="flex items-center gap-3 p-4">
      <Avatar name={contact.name} className="size-10" />
      <div className="min-w-0">
        <PersonName contact={contact} />
        <p className="truncate text-sm text-ink-2">
          {contact.address === null ? "No address on this channel" : formatAddress(contact.address)}
        </p>
      </div>
    </div>
    {contact.proof === null ? <Binding binding={contact.binding} /> : <Proof proof={contact.proof} />}
    {contact.binding === "bound" || contact.proof !== null ? null : <WhoIsThis key={conversationId} conversationId={conversationId} />}
    {contact.member === null ? null : <MemberFacts member={contact.member} />}
    {contact.promises.length === 0 ? null : <PromiseFacts promises={contact.promises} />}
    {contact.prospect === null ? null : <ProspectFacts prospect={contact.prospect} />}
    {contact.recentVisits.length === 0 ? null : <VisitFacts visits={contact.recentVisits} />}
    <BookingFacts bookings={contact.nextBookings} binding={contact.binding} />
    <Tickets tickets={contact.tickets} />
    <ConsentFacts consents={contact.consents} suppressions={contact.suppressions} />
    <OtherConversations conversations={contact.otherConversations} />
  </>
);

/** The way to everything that is known of the person, over all channels. */
const PersonName = ({ contact: { contactId, name } }: Pick<ContactFactsProps, "contact">) => {
  const { slug } = useClub();
  return useMay("member.read") ? (
    <Link
      href={personPath(slug, contactId)}
      prefetch={false}
      data-tip="Open their page"
      className="block truncate text-base font-semibold underline-offset-2 hover:underline"
    >
      {name}
    </Link>
  ) : (
    <p className="truncate text-base font-semibold">{name}</p>
  );
};

const BINDINGS = {
  bound: { icon: <CircleCheck aria-hidden="true" className="text-good-ink" />, text: "This address belongs to exactly one record." },
  shared: {
    icon: <Users aria-hidden="true" className="text-warn-ink" />,
    text: "Several records share this address: Spotter gives no account facts here.",
  },
  unknown: {
    icon: <CircleHelp aria-hidden="true" className="text-ink-3" />,
    text: "No record has this address: Spotter gives no account facts here.",
  },
} as const satisfies Record<ContactPanel["binding"], { icon: ReactNode; text: string }>;

const Binding = ({ binding }: Pick<ContactPanel, "binding">) => {
  const { icon, text } = BINDINGS[binding];
  return (
    <p className="mx-4 mb-4 flex gap-2 rounded-control bg-sunken px-3 py-2 text-xs text-ink-2 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      {text}
    </p>
  );
};

/** Staff read for how long Spotter may answer this sender about the account. */
const Proof = ({ proof }: { readonly proof: NonNullable<ContactPanel["proof"]> }) => (
  <p className="mx-4 mb-4 flex gap-2 rounded-control bg-sunken px-3 py-2 text-xs text-ink-2 [&_svg]:size-4 [&_svg]:shrink-0">
    <CircleCheck aria-hidden="true" className="text-good-ink" />
    <span>
      {proof.by === "code" ? "Proven with a code to the address on file" : "Staff said who this is"}
      {proof.until === null ? "." : ": holds for a day, in this conversation."}
    </span>
  </p>
);

const Tickets = ({ tickets }: Pick<ContactPanel, "tickets">) =>
  tickets.length === 0 ? null : (
    <Section title="Promised">
      <ul className="flex flex-col gap-2">
        {tickets.map((ticket) => (
          <li key={ticket.id} className="flex gap-2 text-sm">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warn-ink" />
            <span>
              {ticket.title}
              <span className="block text-xs text-ink-3">
                due <RelativeTime at={ticket.dueAt} isInSentence />
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );

const OtherConversations = ({ conversations }: { readonly conversations: ContactPanel["otherConversations"] }) => {
  const { slug } = useClub();
  return conversations.length === 0 ? null : (
    <Section title="Other conversations">
      <ul className="-mx-2">
        {conversations.map((other) => (
          <li key={other.id}>
            <Link
              href={conversationPath(slug, other.id)}
              className="flex flex-col gap-0.5 rounded-control px-2 py-1.5 transition-colors hover:bg-sunken"
            >
              <span className="flex items-center gap-1.5 text-xs text-ink-3">
                <ChannelIcon kind={other.channelKind} className="size-3" />
                {CHANNEL_LABELS[other.channelKind]}
                <RelativeTime at={other.lastMessageAt} className="ml-auto tabular-nums" />
              </span>
              <span className="truncate text-sm">{other.preview}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
};
