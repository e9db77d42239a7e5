"use client";

import { useZone } from "#components/lib/clock.tsx";
import { formatMoment, formatTime } from "#components/lib/format.ts";
import { EVENT_LABELS } from "#components/lib/labels.ts";
import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** What happened to the conversation: small, centred, with actor and time. */
export const EventLine = ({ message, contactName }: { readonly message: ThreadMessage; readonly contactName: string }) => {
  const zone = useZone();
  return (
    <p className="self-center px-6 py-1 text-center text-xs text-ink-3">
      {eventSentence(message, contactName)}
      <span aria-hidden="true"> · </span>
      <time dateTime={message.sentAt.toISOString()} title={formatMoment(message.sentAt, zone)} className="tabular-nums">
        {formatTime(message.sentAt, zone)}
      </time>
    </p>
  );
};

const BY_CONTACT = new Set<ThreadMessage["eventCode"]>(["opted_out", "opted_in", "paid"]);

const eventSentence = ({ eventCode, staffName, body }: ThreadMessage, contactName: string): string => {
  if (eventCode === null) {
    return body;
  }
  const actor = BY_CONTACT.has(eventCode) ? contactName : staffName;
  const words = actor === null ? EVENT_LABELS[eventCode] : `${actor} ${EVENT_LABELS[eventCode]}`;
  // The line of a payment carries its amount.
  const sentence = eventCode === "paid" && body !== "" ? `${words} ${body}` : words;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
};
