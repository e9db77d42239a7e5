import type { VendorLimits } from "../setup.ts";

export type TokenBucket = {
  /**
   * Milliseconds to wait before the call may go out; its place is taken at once. Whoever would wait longer than
   * `longestMs` takes none: or those who are sent away would push everybody else back, for ever where they keep coming.
   */
  readonly take: (longestMs?: number) => number;
  /** The same for a call that comes a little after its place: to be followed by `keep` when the wait is over. */
  readonly takeAhead: (longestMs: number) => number;
  /** Asked at the very moment of the call, when its wait is over: 0 = it goes; else so many milliseconds later it is to be asked again. */
  readonly go: () => number;
  /** Calls that could go out at this moment without waiting. */
  readonly left: () => number;
  /** Those who ask ahead have taken half of the pace or more of the last seconds. */
  readonly isCrowded: () => boolean;
  /** A place that was taken and waited for, but whose call comes a little later: the next `take` uses it and waits for nothing. */
  readonly keep: () => void;
  /** A kept place whose call does not come after all. */
  readonly giveBack: () => void;
};

/**
 * Chosen by us: so many places that nobody asked for in time are made good to those who ask ahead, or each short pause between
 * two pieces of work would be lost for good. What goes out is held to the limit all the same.
 */
const AHEAD_PLACES = 3;
/** Chosen by us: so long is looked back for how much is asked ahead; a pause between two pieces of work is shorter. */
const CROWDED_WITHIN_MS = 2_000;

/** Lets `burst` calls go at once and then `requestsPerSecond`, in order of arrival. */
export const createTokenBucket = ({ requestsPerSecond, burst }: VendorLimits, nowMs: () => number): TokenBucket => {
  const gapMs = 1_000 / requestsPerSecond;
  /** When the bucket would be full again: each call moves it on by one gap. */
  let fullAtMs = 0;
  let keptCount = 0;
  let aheadAtMs: readonly number[] = [];
  const lately = (): readonly number[] => aheadAtMs.filter((atMs) => nowMs() - atMs < CROWDED_WITHIN_MS);
  const place = (atOnce: number, longestMs: number): number => {
    const now = nowMs();
    const waitMs = Math.max(0, fullAtMs - now - (atOnce - 1) * gapMs);
    if (waitMs <= longestMs) {
      fullAtMs = Math.max(fullAtMs, now) + gapMs;
    }
    return Math.ceil(waitMs);
  };
  return {
    take: (longestMs = Infinity) => {
      if (keptCount > 0) {
        keptCount -= 1;
        return 0;
      }
      return place(burst, longestMs);
    },
    takeAhead: (longestMs) => {
      aheadAtMs = [...lately(), nowMs()];
      return place(burst + AHEAD_PLACES, longestMs);
    },
    go: createDoor({ most: Math.ceil(requestsPerSecond) + burst - 1, inMs: Math.floor(Math.ceil(requestsPerSecond) * gapMs) }, nowMs),
    left: () => Math.max(0, Math.floor(burst - Math.max(0, fullAtMs - nowMs()) / gapMs)),
    isCrowded: () => lately().length >= ((requestsPerSecond / 2) * CROWDED_WITHIN_MS) / 1_000,
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

/**
 * Kept places are used late, each by another delay, and a busy process wakes late as well: what keeps the vendor's limit is that no
 * more than `most` calls really went out within `inMs`.
 */
const createDoor = ({ inMs, most }: { readonly most: number; readonly inMs: number }, nowMs: () => number): (() => number) => {
  let wentAtMs: readonly number[] = [];
  return () => {
    const now = nowMs();
    wentAtMs = wentAtMs.filter((atMs) => now - atMs < inMs);
    const [first = now] = wentAtMs.slice(-most);
    if (wentAtMs.length >= most) {
      return Math.ceil(first + inMs - now);
    }
    wentAtMs = [...wentAtMs, now];
    return 0;
  };
};
