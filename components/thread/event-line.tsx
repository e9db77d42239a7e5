"use client";

import { useClock } from "#components/lib/clock.tsx";
import { formatMoment, formatTime, formatUntil, type Clock } from "#components/lib/format.ts";
import { EVENT_LABELS } from "#components/lib/labels.ts";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** What happened to the conversation: small, centred, with actor and time. */
export const EventLine = ({ message, contactName }: { readonly message: ThreadMessage; readonly contactName: string }) => {
  const clock = useClock();
  const { zone } = clock;
  return (
    <p className="self-center px-6 py-1 text-center text-xs text-ink-3">
      {eventSentence(message, { clock, contactName })}
      <span aria-hidden="true"> · </span>
      <time dateTime={message.sentAt.toISOString()} title={formatMoment(message.sentAt, zone)} className="tabular-nums">
        {formatTime(message.sentAt, zone)}
      </time>
    </p>
  );
};

const BY_CONTACT = new Set<ThreadMessage["eventCode"]>(["opted_out", "opted_in", "paid"]);

/** The amount of a payment, the person something was given to, the time something was put off until. */
const detailOf = ({ body, eventCode }: Pick<ThreadMessage, "body" | "eventCode">, clock: Clock): string => {
  if (eventCode === "snoozed") {
    return formatUntil(new Date(body), clock);
  }
  return eventCode === "paid" || eventCode === "assigned" || eventCode === "chased" ? body : "";
};

const eventSentence = (
  { eventCode, staffName, body }: ThreadMessage,
  { clock, contactName }: { readonly clock: Clock; readonly contactName: string },
): string => {
  if (eventCode === null) {
    return body;
  }
  const actor = BY_CONTACT.has(eventCode) ? contactName : staffName;
  const words = actor === null ? EVENT_LABELS[eventCode] : `${actor} ${EVENT_LABELS[eventCode]}`;
  const detail = detailOf({ eventCode, body }, clock);
  const sentence = detail === "" ? words : `${words} ${detail}`;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};
