import "server-only";

/** Chosen by us: a text that is not drafted by then is better tried once more. */
export const CALL_TIMEOUT_MS = 12_000;
/** Chosen by us: all tries of one thought together, waits included; longer, and a person is quicker. */
export const THINK_BUDGET_MS = 25_000;
/** Of one model. After them the model that stands in for it is asked once. */
export const THINK_MAX_TRIES = 3;
/** Chosen by us: a try that could not finish is not begun. */
export const TRY_MIN_MS = 1_000;
/** Chosen by us: for a long list that somebody waits for on a page; a small model writes it in half of this. */
export const LONG_CALL_TIMEOUT_MS = 40_000;
/** Chosen by us: below the minute after which proxies give a request up. */
export const LONG_THINK_BUDGET_MS = 50_000;
/** Chosen by us: twice a list of a hundred and thirty short questions. */
export const LONG_OUTPUT_MAX_TOKENS = 6_144;
export const FIRST_WAIT_MS = 500;
/** Chosen by us: of the budget, kept for the model that stands in; never more than a third of it. */
export const FALLBACK_RESERVE_MS = 8_000;
/** Chosen by us: six times a long answer with its classification, so that only a runaway is cut. Asked again, it is twice this. */
export const OUTPUT_MAX_TOKENS = 2_048;
/** Chosen by us: a key without money or rights gets neither within seconds. */
export const CIRCUIT_OPEN_MS = 60_000;
/** Chosen by us: while one call tries, the others wait for it; it may never report back. */
export const CIRCUIT_TRIAL_MS = 30_000;
/** Chosen by us: so much of a minute's allowance may go out at once; the service counts short bursts as well. */
export const PACE_BURST_SECONDS = 10;
/** As in `env.ts`, for whoever names no pace. */
export const REQUESTS_PER_MINUTE = 1_000;
export const INPUT_TOKENS_PER_MINUTE = 400_000;
/** Chosen by us: about four characters are one token; what was really counted is settled after the call. */
export const CHARACTERS_PER_TOKEN = 4;
