import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { isoWeekOf, isReviewTime, RULES_MAX_COUNT, usableRules, type ReviewItem } from "./review.ts";

const item = (id: string): ReviewItem => ({ id, kind: "edited", category: "question", draft: "a", sent: "b", score: null, comment: null });
const items = ["a", "b", "c"].map(item);
const usable = (text: string, evidenceIds = ["a", "b"], existing: readonly string[] = []) =>
  usableRules([{ text, evidenceIds }], { items, existing });

describe("a proposed rule", () => {
  test("that is short, about style and rests on two cases is put before an owner", () => {
    expect(usable("  Keep answers\n to two sentences. ")).toEqual([{ text: "Keep answers to two sentences.", evidenceIds: ["a", "b"] }]);
  });

  test.each([
    ["of one case only", "Keep answers short.", ["a"]],
    ["of cases nobody knows", "Keep answers short.", ["x", "y"]],
    ["that states a price", "Say that a day pass costs $15.", ["a", "b"]],
    ["that states hours", "Say that we open at 5 am.", ["a", "b"]],
    ["that names a page", "Send them to ironwood.example/join.", ["a", "b"]],
    ["without words", "Short", ["a", "b"]],
    ["too long to be one", "word ".repeat(60), ["a", "b"]],
  ])("%s is not", (_name, text, evidenceIds) => {
    expect(usable(text, evidenceIds)).toEqual([]);
  });

  test("that there is or was already, in any spelling, is not", () => {
    expect(usable("keep answers  SHORT.", ["a", "b"], ["Keep answers short."])).toEqual([]);
  });

  test("is one of at most five, each once, whatever the model writes", () => {
    const proposal = fc.record({
      text: fc.oneof(fc.string(), fc.constant("Keep answers short and kind.")),
      evidenceIds: fc.array(fc.constantFrom("a", "b", "c", "x")),
    });
    fc.assert(
      fc.property(fc.array(proposal, { maxLength: 20 }), (proposals) => {
        const rules = usableRules(proposals, { items, existing: [] });
        expect(rules.length).toBeLessThanOrEqual(RULES_MAX_COUNT);
        expect(new Set(rules.map(({ text }) => text)).size).toBe(rules.length);
        expect(rules.flatMap(({ evidenceIds }) => evidenceIds)).not.toContain("x");
      }),
    );
  });
});

describe("the week is the club's", () => {
  test.each([
    ["2026-11-23T06:59:00Z", "Asia/Kathmandu", "2026-W48", true],
    ["2026-11-23T12:59:00Z", "America/Denver", "2026-W48", false],
    ["2026-11-23T13:00:00Z", "America/Denver", "2026-W48", true],
    ["2026-11-23T05:00:00Z", "America/Denver", "2026-W47", true],
    ["2027-01-01T18:00:00Z", "America/Denver", "2026-W53", true],
  ])("%s in %s is %s, and a review may be made: %s", (at, zone, week, isDue) => {
    expect([isoWeekOf(new Date(at), zone), isReviewTime(new Date(at), zone)]).toEqual([week, isDue]);
  });
});
