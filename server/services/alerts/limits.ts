/** Pause between two texts to the on-call phone: long enough to open the conversation, short enough where somebody is in danger. */
export const ON_CALL_PAUSE_MINUTES = 3;
/** So many texts, then the card says that nobody answered. */
export const ON_CALL_ROUNDS = 5;
/** A plain "ok" is the answer to a page for so long; later it may mean anything. */
export const ACKNOWLEDGE_WITHIN_HOURS = 2;
