/** Numbers that a figure rests on and that nobody measured. The page tells them beside the figure. */

/** Chosen by us: to open a conversation, look something up and write a text. */
export const MINUTES_PER_ANSWER = 3;
/** Chosen by us: what is left of it when a person reads a draft and sends it as it is. */
export const MINUTES_SAVED_PER_DRAFT = 2;

/** So long a settled matter must stay quiet before it counts as settled for good. */
export const DURABLE_DAYS = 7;
/** Chosen by us: a matter is followed back no further, and a message after so long a silence begins a new wait. */
export const LOOK_BACK_DAYS = 14;
/** Chosen by us, as campaigns are judged: what comes later has other causes. */
export const CREDIT_DAYS = 14;
/** Chosen by us: a text answered later than this is answered for another reason. */
export const REPLY_DAYS = 3;
/** A membership that began so soon after Spotter wrote to somebody. */
export const JOIN_DAYS = 30;
/** What the answers to reminders are held against. */
export const REMINDER_BASE_DAYS = 90;

/** Hours of staff that the answers of Spotter stood in for. */
export const hoursSaved = ({
  aloneCount,
  unchangedDraftCount,
}: {
  readonly aloneCount: number;
  readonly unchangedDraftCount: number;
}): number => (aloneCount * MINUTES_PER_ANSWER + unchangedDraftCount * MINUTES_SAVED_PER_DRAFT) / 60;
