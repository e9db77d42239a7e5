import { describe, expect, test } from "vitest";

import { changeOf, formatFigure, formatSpan } from "./figure-words.ts";

const of = (value: number | null) => ({ value, base: null });

describe("how a number reads", () => {
  test.each([
    [0, "0 s"],
    [59.6, "1 min"],
    [90, "1 min 30 s"],
    [3_600, "1 h"],
    [7_500, "2 h 5 min"],
    [90_000, "1 d 1 h"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(formatSpan(seconds)).toBe(text);
  });

  test("what nobody knows is a dash and not a zero", () => {
    expect(formatFigure(null, { unit: "ratio", currency: "USD" })).toBe("–");
    expect(formatFigure(0, { unit: "ratio", currency: "USD" })).toBe("0%");
  });

  test("amounts are the club's currency", () => {
    expect(formatFigure(4_590, { unit: "money", currency: "CAD" })).toBe("CA$45.90");
  });
});

describe("how a number moved", () => {
  test.each([
    ["ratio", "up", 0.5, 0.4, "+10.0 pts", "better"],
    ["ratio", "down", 0.5, 0.4, "+10.0 pts", "worse"],
    ["seconds", "down", 30, 60, "−50%", "better"],
    ["score", "up", 4, 4.5, "−0.5", "worse"],
    ["count", "neither", 12, 10, "+20%", "unknown"],
    ["count", "down", 3, 0, "was none", "worse"],
    ["count", "down", 3, 3, "no change", "same"],
    ["count", "down", 0, 0, "no change", "same"],
    ["ratio", "up", 0.50001, 0.5, "no change", "same"],
  ] as const)("%s, good when it goes %s: %d after %d reads %s, %s", (unit, better, now, before, text, trend) => {
    expect(changeOf({ unit, better }, of(now), of(before))).toMatchObject({ text, trend });
  });

  test("nothing is compared with what nobody knows", () => {
    expect(changeOf({ unit: "count", better: "up" }, of(3), of(null))).toBeNull();
  });
});
