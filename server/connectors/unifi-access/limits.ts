/** Chosen by us: a controller on a club's network answers within a second; a person may be waiting at the door. */
export const CALL_TIMEOUT_MS = 10_000;
/** Chosen by us: a hundred users with their cards stay far below. */
export const ANSWER_MAX_BYTES = 1024 * 1024;
/** Guess: the vendor names no largest page (its sample asks for 25). */
export const PAGE_SIZE = 100;
/** Chosen by us: ten thousand people; a longer list is refused instead of being read in part. */
export const USER_PAGES = 100;
/** Chosen by us: a list that shifted between its pages is read again so many times. */
export const LIST_READS = 3;
/** Chosen by us: a busy hour at the door; a longer log is refused instead of being read in part. */
export const LOG_PAGES = 20;
/** Chosen by us: how far the controller's clock may differ from ours. */
export const CLOCK_SKEW_SECONDS = 15 * 60;
/** Guess after the vendor's own sample, which checks no time at all: an older or newer signature is a replay. */
export const SIGNATURE_TOLERANCE_SECONDS = 300;
/** Chosen by us: the largest webhook body; routes answer 413 beyond it. */
export const WEBHOOK_MAX_BYTES = 256 * 1024;
/** Guess: marks an actor of ours in the controller's log, where actors are user ids otherwise. */
export const ACTOR_MARK = "spotter:";
