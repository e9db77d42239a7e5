"use client";

import { Hand, Users } from "lucide-react";
import Link from "next/link";

import { ChannelIcon } from "#components/inbox/channel-icon.tsx";
import { useClub } from "#components/lib/club.tsx";
import { capitalize, formatCalendarDate } from "#components/lib/format.ts";
import { CHANNEL_LABELS } from "#components/lib/labels.ts";
import { conversationPath, pastDuePath, personPath } from "#components/lib/paths.ts";
import { Card } from "#components/person/card.tsx";
import { HOLD_LABELS } from "#components/person/timeline-words.ts";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { formatMoney } from "#server/domain/money.ts";
import type { PersonDetail } from "#server/domain/person-view.ts";

type PersonProps = { readonly person: PersonDetail };

/** What keeps reminders, invoices and locks away from this person. They are changed where the debt is. */
export const PersonHolds = ({ person: { contactId, holds, promises } }: PersonProps) => {
  const { slug } = useClub();
  return holds.length + promises.length === 0 ? null : (
    <Card title="What holds now">
      <ul className="flex flex-col gap-2.5">
        {promises.map(({ amountMinor, currency, id, promisedOn }) => (
          <li key={id} className="flex gap-2 text-sm">
            <Hand aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
            Promised to pay {amountMinor === null ? "all of it" : formatMoney(amountMinor, currency)} by {formatCalendarDate(promisedOn)}
          </li>
        ))}
        {holds.map(({ by, id, kind, reason, since, until }) => (
          <li key={id} className="flex gap-2 text-sm">
            <Hand aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-ink-3" />
            <span className="min-w-0 break-words">
              <span className="font-semibold">{HOLD_LABELS.get(kind) ?? capitalize(kind)}</span>: {reason}
              <span className="block text-xs text-ink-3">
                {by === null ? "Since" : `${by}, since`} <RelativeTime at={since} isInSentence />
                {until === null ? ", until somebody ends it" : null}
                {until === null ? null : (
                  <>
                    , until <RelativeTime at={until} isInSentence />
                  </>
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <Link href={pastDuePath(slug, contactId)} className="mt-3 flex min-h-6 items-center text-xs underline underline-offset-2">
        Change it under Past due
      </Link>
    </Card>
  );
};

export const PersonConversations = ({ person: { conversations } }: PersonProps) => {
  const { slug } = useClub();
  return (
    <Card title="Conversations">
      {conversations.length === 0 ? <p className="text-sm text-ink-2">Nobody has written yet, neither the club nor this person.</p> : null}
      <ul className="-mx-2">
        {conversations.map(({ channelKind, id, lastMessageAt, preview }) => (
          <li key={id}>
            <Link href={conversationPath(slug, id)} className="flex flex-col gap-0.5 rounded-control px-2 py-1.5 hover:bg-sunken">
              <span className="flex items-center gap-1.5 text-xs text-ink-3">
                <ChannelIcon kind={channelKind} className="size-3" />
                {CHANNEL_LABELS[channelKind]}
                <RelativeTime at={lastMessageAt} className="ml-auto tabular-nums" />
              </span>
              <span className="truncate text-sm">{preview === "" ? "No words" : preview}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** Families share a number: Spotter gives nobody's account facts there before it knows who writes. */
export const PersonSharers = ({ person: { sharedWith } }: PersonProps) => {
  const { slug } = useClub();
  return sharedWith.length === 0 ? null : (
    <Card title="Also at this address">
      <ul className="flex flex-col gap-1">
        {sharedWith.map(({ by, contactId, name }) => (
          <li key={contactId} className="flex min-h-7 items-center gap-2 text-sm">
            <Users aria-hidden="true" className="size-4 shrink-0 text-ink-3" />
            <Link href={personPath(slug, contactId)} className="underline underline-offset-2">
              {name}
            </Link>
            <span className="text-xs text-ink-3">{by === "phone" ? "same number" : "same e-mail"}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
};
