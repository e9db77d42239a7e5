/** Chosen by us: time to walk to the computer at the club and type it. */
export const CODE_MINUTES = 15;
/** Chosen by us: with 31 letters more than 8 x 10^11 codes, of which a guesser may try ten a second for a quarter of an hour. */
export const CODE_LENGTH = 8;
export const CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
/** Tries to pair that one process answers a second; everybody else is told to wait. */
export const PAIRINGS_A_SECOND = 10;
/** A relay asks again at least every 25 s. One that was not heard of for this long is shown as silent, and its calls fail at once. */
export const SILENT_SECONDS = 60;
/** How long a question of a relay is held open: below the 30 s after which common proxies give up. */
export const NEXT_WAIT_MS = 25_000;
/** Who waits is woken at once in its own process; what another process did is seen after this at the latest. */
export const QUEUE_CHECK_MS = 400;
export const ANSWER_CHECK_MS = 200;
/** A call is not handed out when less than this is left of it: it could not be answered in time. */
export const LEAST_LEFT_MS = 1_000;
/** How much longer than the call itself its answer is waited for. */
export const GRACE_MS = 1_000;
/** Answered and given up calls are kept so long, without what was in them, for looking things up. */
export const KEPT_MINUTES = 60;
/** Chosen by us: the relay cuts off the controller's answers at 1 MB; JSON in JSON makes it longer. */
export const ANSWER_MAX_BYTES = 3 * 1024 * 1024;
