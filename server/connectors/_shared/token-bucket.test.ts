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

test("keeping and giving back never lets more calls out in a time than the limit", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.constantFrom("call", "ahead", "ahead and back")), { maxLength: 60 }),
      (steps) => {
        let nowMs = 0;
        const bucket = createTokenBucket(LIMITS, () => nowMs);
        const outAtMs: number[] = [];
        for (const [passedMs, kind] of steps) {
          nowMs += passedMs;
          nowMs += bucket.take();
          if (kind !== "call") {
            bucket.keep();
          }
          if (kind === "ahead and back") {
            bucket.giveBack();
            continue;
          }
          nowMs += kind === "ahead" ? bucket.take() : 0;
          outAtMs.push(nowMs);
        }
        for (const [index, atMs] of outAtMs.entries()) {
          expect(atMs - (outAtMs[index - 1] ?? -GAP_MS)).toBeGreaterThanOrEqual(GAP_MS);
        }
      },
    ),
  );
});
