import { expect, test } from "vitest";

import { figureOf } from "./figures.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test("percentiles are values that were measured, by the nearest rank", () => {
  expect(figureOf({ name: "x", valuesMs: upTo(50).toReversed(), barMs: 48 })).toMatchObject({
    count: 50,
    p50Ms: 25,
    p95Ms: 48,
    maxMs: 50,
    isKept: true,
  });
});

test("one millisecond over the bar at p95 misses it, however good the rest is", () => {
  expect(figureOf({ name: "x", valuesMs: upTo(50), barMs: 47 }).isKept).toBe(false);
});

test("what never happened counts as slower than everything else", () => {
  const valuesMs = [...upTo(17), null, null, null];
  expect(figureOf({ name: "x", valuesMs, barMs: 100 })).toMatchObject({
    missingCount: 3,
    p50Ms: 10,
    p95Ms: null,
    maxMs: null,
    isKept: false,
  });
});

test("nothing measured keeps no bar", () => {
  expect(figureOf({ name: "x", valuesMs: [], barMs: 100 })).toMatchObject({ count: 0, p95Ms: null, isKept: false });
});

test("without a bar there is no verdict", () => {
  expect(figureOf({ name: "x", valuesMs: [1], barMs: null }).isKept).toBeNull();
});
