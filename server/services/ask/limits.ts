/** Chosen by us: a question, not a document. */
export const QUESTION_MAX_CHARACTERS = 1_000;
/** Chosen by us: what an answer may say; people and figures stand below it. */
export const ANSWER_MAX_CHARACTERS = 2_000;
/** Chosen by us: what "remind her too" can refer to. */
export const EARLIER_TURN_COUNT = 6;
/** Chosen by us: what the page shows of a thread. */
export const SHOWN_TURN_COUNT = 30;
/** Chosen by us: a turn that nobody has worked on for so long is over, and another question may be asked. */
export const TURN_STALE_MINUTES = 10;
