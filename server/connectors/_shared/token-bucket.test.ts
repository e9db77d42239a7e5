import fc from "fast-check";
import { expect, test } from "vitest";

import { createTokenBucket } from "./token-bucket.ts";

const LIMITS = { requestsPerSecond: 10, burst: 1 };
const GAP_MS = 100;

test("calls go out a gap apart, and whoever would wait too long takes no place", () => {
  const bucket = createTokenBucket(LIMITS, () => 0);
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, GAP_MS, 2 * GAP_MS]);
  expect(bucket.take(GAP_MS)).toBe(3 * GAP_MS);
  expect(bucket.take()).toBe(3 * GAP_MS);
});

test("a place that was waited for and kept is used by the next call, which waits no more", () => {
  const bucket = createTokenBucket(LIMITS, () => 0);
  bucket.take();
  expect(bucket.take()).toBe(GAP_MS);
  bucket.keep();
  expect(bucket.take()).toBe(0);
  expect(bucket.take()).toBe(2 * GAP_MS);
});

test("a kept place that is given back is free for another call, once", () => {
  const bucket = createTokenBucket(LIMITS, () => 0);
  bucket.take();
  bucket.take();
  bucket.keep();
  bucket.giveBack();
  bucket.giveBack();
  expect(bucket.take()).toBe(GAP_MS);
});

test("short pauses in which nobody asked ahead are made good, and no more than three places", () => {
  let nowMs = 0;
  const bucket = createTokenBucket(LIMITS, () => nowMs);
  bucket.takeAhead(0);
  nowMs = 3 * GAP_MS;
  expect([bucket.takeAhead(0), bucket.takeAhead(0), bucket.takeAhead(0)]).toEqual([0, 0, 0]);
  nowMs = 60_000;
  expect(Array.from({ length: 6 }, () => bucket.takeAhead(1_000))).toEqual([0, 0, 0, 0, GAP_MS, 2 * GAP_MS]);
});

test("it is crowded while half of the pace or more is asked ahead, and no longer than two seconds after", () => {
  let nowMs = 0;
  const bucket = createTokenBucket(LIMITS, () => nowMs);
  Array.from({ length: 40 }, () => bucket.take());
  expect(bucket.isCrowded()).toBe(false);
  for (let count = 0; count < 9; count += 1) {
    bucket.takeAhead(0);
    nowMs += 2 * GAP_MS;
  }
  expect(bucket.isCrowded()).toBe(false);
  bucket.takeAhead(0);
  expect(bucket.isCrowded()).toBe(true);
  nowMs += 2_000;
  expect(bucket.isCrowded()).toBe(false);
});

const anyLimits = fc.record({ requestsPerSecond: fc.constantFrom(0.5, 2, 5, 9.8, 10), burst: fc.constantFrom(1, 4, 8) });
const anyStep = fc.record({
  passedMs: fc.integer({ min: 0, max: 300 }),
  kind: fc.constantFrom("call", "ahead", "ahead and back"),
  /** What a transaction takes between the place and its call, or how late a busy process wakes. */
  lateMs: fc.integer({ min: 0, max: 600 }),
});

test("however late calls come for their places, and whoever gives one back, no more go out in a time than the limit, and all of them go", () => {
  fc.assert(
    fc.property(anyLimits, fc.array(anyStep, { maxLength: 80 }), (limits, steps) => {
      let nowMs = 0;
      const bucket = createTokenBucket(limits, () => nowMs);
      let asks: number[] = [];
      const wentAtMs: number[] = [];
      const until = (endMs: number): void => {
        for (let [next] = asks; next !== undefined && next <= endMs; [next] = asks) {
          nowMs = Math.max(nowMs, next);
          const againMs = bucket.go();
          wentAtMs.push(...(againMs === 0 ? [nowMs] : []));
          asks = [...asks.slice(1), ...(againMs === 0 ? [] : [nowMs + againMs])].toSorted((left, right) => left - right);
        }
        nowMs = Math.max(nowMs, Number.isFinite(endMs) ? endMs : 0);
      };
      let callCount = 0;
      for (const { kind, lateMs, passedMs } of steps) {
        until(nowMs + passedMs);
        const waitMs = kind === "call" ? bucket.take() : bucket.takeAhead(Infinity);
        if (kind === "ahead and back") {
          bucket.keep();
          bucket.giveBack();
          continue;
        }
        callCount += 1;
        asks = [...asks, nowMs + waitMs + lateMs].toSorted((left, right) => left - right);
      }
      until(Infinity);
      expect(wentAtMs).toHaveLength(callCount);
      const most = Math.ceil(limits.requestsPerSecond) + limits.burst - 1;
      for (const [index, atMs] of wentAtMs.entries()) {
        const inMs = Math.floor((Math.ceil(limits.requestsPerSecond) * 1_000) / limits.requestsPerSecond);
        expect(atMs - (wentAtMs[index - most] ?? -Infinity)).toBeGreaterThanOrEqual(inMs);
      }
    }),
  );
});
