/** Calls to the app at one time; further calls wait in order of their run's age. */
export const MAX_CALLS = 20;
/** A call that takes this long gives its place to another one, as long as there is room for long calls. */
export const LONG_CALL_MS = 3_000;
/** Polls of the clubs' inboxes take up to 55 s each and must not keep answers to members waiting. */
export const MAX_LONG_CALLS = 40;
/** Timers (sleeps, time-outs, debounces, crons) handled at one time; each costs one or two database statements. */
export const MAX_TIMERS = 10;
/** How far ahead jobs are held in memory with an exact timer; later ones stay in the database only. */
export const HORIZON_MS = 1_500;
/** The net below the in-process wake-ups: the longest a job or event that memory forgot stays unseen is one sweep. */
export const POLL_MS = 500;
/** Every so often the poll starts again from the oldest due job, so that nothing is missed for good. */
export const SWEEP_MS = 10_000;
/** Jobs read by one statement of the poll; the poll goes on page by page. */
export const POLL_PAGE = 2_000;
/** Events turned into runs by one statement. */
export const ROUTE_BATCH = 100;
/** Events kept in memory for waits that are stored in the same moment; storing one takes milliseconds. */
export const RECENT_MS = 5_000;
export const RECENT_MAX = 1_000;
/** Equal event ids within this time are swallowed (Inngest's documented window), and ended runs are kept this long. */
export const KEEP_MS = 24 * 60 * 60_000;
/** Old rows go in small portions, so that no statement holds locks for long. */
export const PRUNE_EVERY_MS = 60_000;
export const PRUNE_BATCH = 1_000;
/** Unanswered steps are given up after this long and count as a failed attempt; steps of 55 s exist. */
export const CALL_TIMEOUT_MS = 180_000;
/** Retries when the function does not say: the SDK's own default (inngest 4.24). */
export const DEFAULT_RETRIES = 3;
/** Delay before the first retry; each further one is three times as long: 2, 6, 18, 54, 162 s … */
export const RETRY_BASE_MS = 2_000;
export const RETRY_FACTOR = 3;
export const RETRY_MAX_MS = 10 * 60_000;
/** Part of a retry delay that is left to chance, so that runs which failed together do not return together. */
export const RETRY_JITTER_RATIO = 0.1;
/** While the app refuses connections nothing is called; these delays do not count as attempts. */
export const REFUSED_BASE_MS = 100;
export const REFUSED_MAX_MS = 1_000;
/** A connection that broke in the middle of a step may be the step's own doing, so this one grows further. */
export const FAULT_BASE_MS = 250;
export const FAULT_MAX_MS = 30_000;
/** `step.invoke` without a time-out waits this long. */
export const INVOKE_WAIT_MS = 365 * 24 * 60 * 60_000;
/** Above this size of a call the SDK fetches events and steps itself (`use_api`). */
export const USE_API_ABOVE_BYTES = 4_000_000;
/** Largest accepted request body. */
export const MAX_BODY_BYTES = 16_000_000;
/** How often the app is asked to register: until it has, and afterwards to notice a new version of it. */
export const SYNC_RETRY_MS = 5_000;
export const SYNC_EVERY_MS = 30_000;
/** A registration takes milliseconds; a cold route may compile first. */
export const SYNC_TIMEOUT_MS = 20_000;
/** Runs whose state is held in memory; others are read again when they are next needed. */
export const CACHED_RUNS = 500;
/** Database connections besides the one that holds the lock. */
export const POOL_SIZE = 8;
/** Delay before a statement that met a closed connection is sent again. */
export const DATABASE_RETRY_MS = 200;
/** How often a second executor asks for the lock. */
export const LOCK_RETRY_MS = 500;
/** Steps in flight get this long to answer on close; what is cut off then runs again after the next start. */
export const CLOSE_GRACE_MS = 600;
