/** A dispatch that has not ended by then has crashed: its outcome is unknown. Longer than any connector's time-out. */
export const DISPATCH_LEASE_SECONDS = 25;
/** Between two read-backs of an unknown send: longer than a vendor needs to list what it took. */
export const READ_BACK_PAUSE_SECONDS = 30;
/** So many absent read-backs in a row say that nothing was sent. */
export const ABSENT_READ_BACKS = 2;
/** A send is handed to a vendor at most twice: once, and once more after it was proven absent. */
export const MAX_SEND_ATTEMPTS = 2;
/** So long a person may take a reply back before it goes out. Chosen by us, as mail programs do it. */
export const REPLY_HOLD_SECONDS = 5;
/** A draft that nobody looked at by then is no longer an answer. Longer than a shift, shorter than a day. */
export const SUGGESTION_TTL_HOURS = 12;
/** First wait after a vendor took nothing; it doubles with each further time. */
export const POSTPONE_SECONDS = 5;
/** After so many postponements a message counts as failed and a card says so: about ten minutes. */
export const MAX_POSTPONEMENTS = 6;
/** An unlock or a reset is for somebody who waits for it now: later than this after it was planned, or after its approval ran out, nobody does. */
export const PULSE_MAX_SECONDS = 120;
/** A deed that may be repeated (a state, or one under a key) is tried so often, half a minute apart, before a person is asked. */
export const MAX_REPEATS = 5;
