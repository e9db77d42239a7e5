import type { ThreadMessage } from "#server/domain/inbox-view.ts";

/** Whose words a message is in; each voice has its own side and surface, everywhere. */
export type Voice = "contact" | "staff" | "spotter" | "note" | "event";

export const voiceOf = ({ direction, author }: Pick<ThreadMessage, "direction" | "author">): Voice => {
  if (direction === "event" || direction === "note") {
    return direction;
  }
  if (direction === "inbound") {
    return "contact";
  }
  return author === "staff" ? "staff" : "spotter";
};

export const BUBBLE_STYLES = {
  contact: "self-start border border-line bg-raised text-ink rounded-bl-xs",
  staff: "self-end bg-solid text-on-solid rounded-br-xs",
  spotter: "self-end border border-spotter-line bg-spotter-tint text-ink rounded-br-xs",
  note: "self-end border border-line bg-sunken text-ink",
} as const satisfies Record<Exclude<Voice, "event">, string>;

/** ≤ 640 px and ≤ 72 characters, whichever is less. */
export const BUBBLE_BASE =
  "max-w-[min(40rem,88%)] rounded-card px-3 py-2 text-base break-words whitespace-pre-wrap md:max-w-[min(40rem,72ch,80%)]";
