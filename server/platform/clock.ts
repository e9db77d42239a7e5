import "server-only";

/**
 * The one place that reads the machine's clock. Verbs take `now` from their context, and inside a transaction
 * from the database, so that a test can set it.
 */
export const now = (): Date => new Date();

/** Milliseconds from an arbitrary start, for durations only. */
export const monotonicMs = (): number => performance.now();
