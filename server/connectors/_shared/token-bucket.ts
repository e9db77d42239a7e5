import type { VendorLimits } from "../setup.ts";

export type TokenBucket = {
  /**
   * Milliseconds to wait before the call may go out; its place is taken at once. Whoever would wait longer than
   * `longestMs` takes none: or those who are sent away would push everybody else back, for ever where they keep coming.
   */
  readonly take: (longestMs?: number) => number;
  /** Calls that could go out at this moment without waiting. */
  readonly left: () => number;
  /** A place that was taken and waited for, but whose call comes a little later: the next `take` uses it and waits for nothing. */
  readonly keep: () => void;
  /** A kept place whose call does not come after all. */
  readonly giveBack: () => void;
};

/** Lets `burst` calls go at once and then `requestsPerSecond`, in order of arrival. */
export const createTokenBucket = ({ requestsPerSecond, burst }: VendorLimits, nowMs: () => number): TokenBucket => {
  const gapMs = 1_000 / requestsPerSecond;
  /** When the bucket would be full again: each call moves it on by one gap. */
  let fullAtMs = 0;
  let keptCount = 0;
  return {
    take: (longestMs = Infinity) => {
      if (keptCount > 0) {
        keptCount -= 1;
        return 0;
      }
      const now = nowMs();
      const waitMs = Math.max(0, fullAtMs - now - (burst - 1) * gapMs);
      if (waitMs <= longestMs) {
        fullAtMs = Math.max(fullAtMs, now) + gapMs;
      }
      return Math.ceil(waitMs);
    },
    left: () => Math.max(0, Math.floor(burst - Math.max(0, fullAtMs - nowMs()) / gapMs)),
    keep: () => {
      keptCount += 1;
    },
    giveBack: () => {
      if (keptCount > 0) {
        keptCount -= 1;
        fullAtMs -= gapMs;
      }
    },
  };
};
