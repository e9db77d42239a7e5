import "server-only";

import { monotonicMs } from "#server/platform/clock.ts";

/** Time as the model client sees it, so that a test need not wait. */
export type ModelClock = {
  /** From an arbitrary start. */
  readonly nowMs: () => number;
  /** Runs once after so many milliseconds; what it returns calls that off. */
  readonly after: (ms: number, run: () => void) => () => void;
};

export const machineClock: ModelClock = {
  nowMs: monotonicMs,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Ends early, without an error, when the caller gives up. */
export const sleepOn = (clock: ModelClock, ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const end = (): void => {
      callOff();
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const callOff = clock.after(ms, end);
    signal?.addEventListener("abort", end, { once: true });
  });
