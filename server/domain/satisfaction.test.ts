import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ASK_AFTER_MINUTES, ASK_EVERY_DAYS, ASK_UNTIL_MINUTES, mayAskScore, readScore, type SettledMatter } from "./satisfaction.ts";

const SETTLED_AT = new Date("2026-11-20T18:00:00Z");
const after = (minutes: number): Date => new Date(SETTLED_AT.getTime() + minutes * 60_000);
const matter = (over: Partial<SettledMatter> = {}): SettledMatter => ({
  isAsked: true,
  settledAt: SETTLED_AT,
  lastInboundAt: new Date(SETTLED_AT.getTime() - 60_000),
  lastAskedAt: null,
  hadTrouble: false,
  isOpen: false,
  isSilenced: false,
  isStopped: false,
  ...over,
});

describe("the question how somebody was served", () => {
  test("comes ten minutes after a matter is settled, up to an hour after, and at no other time", () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 6_000 }), (minutes) => {
        expect(mayAskScore(matter(), after(minutes))).toBe(minutes >= ASK_AFTER_MINUTES && minutes <= ASK_UNTIL_MINUTES);
      }),
    );
    expect(mayAskScore(matter(), new Date(after(ASK_AFTER_MINUTES).getTime() - 1))).toBe(false);
    expect(mayAskScore(matter(), new Date(after(ASK_UNTIL_MINUTES).getTime() + 1))).toBe(false);
  });

  test.each<[string, Partial<SettledMatter>]>([
    ["the club does not ask", { isAsked: false }],
    ["there was trouble", { hadTrouble: true }],
    ["something is still open", { isOpen: true }],
    ["they wished for silence", { isSilenced: true }],
    ["the emergency stop is on", { isStopped: true }],
    ["something new came", { lastInboundAt: new Date(SETTLED_AT.getTime() + 1) }],
  ])("is not asked where %s", (_why, over) => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 120 }), (minutes) => !mayAskScore(matter(over), after(minutes))));
  });

  test("is asked of nobody twice within thirty days", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 24 * 60 }), (minutesAgo) => {
        const now = after(ASK_AFTER_MINUTES);
        const lastAskedAt = new Date(now.getTime() - minutesAgo * 60_000);
        expect(mayAskScore(matter({ lastAskedAt }), now)).toBe(minutesAgo >= ASK_EVERY_DAYS * 24 * 60);
      }),
    );
  });
});

const WRITTEN: readonly (readonly [string, number])[] = [
  ["4", 4],
  ["5!", 5],
  ["four", 4],
  ["cinco", 5],
  ["Uno.", 1],
  ["⭐⭐⭐", 3],
  ["⭐️⭐️⭐️⭐️⭐️", 5],
  ["★★", 2],
  ["4/5", 4],
  ["4 / 5", 4],
  ["5 out of 5", 5],
  ["3 of 5", 3],
  ["2 stars", 2],
  ["5 estrellas, gracias", 5],
  ["4 thanks", 4],
  ["Thanks, 5", 5],
  ["a 4", 4],
  ["un 5", 5],
  ["5/5 thank you!", 5],
];

describe("a score", () => {
  test.each(WRITTEN)("“%s” is %i", (text, score) => {
    expect(readScore(text)).toBe(score);
  });

  test.each([
    "",
    "0",
    "6",
    "10",
    "45",
    "4.5",
    "3 or 4",
    "5 guests",
    "at 5",
    "5pm",
    "5?",
    "bay 4",
    "4 people tomorrow",
    "1/2",
    "5/10",
    "4/",
    "no",
    "great",
    "⭐⭐⭐⭐⭐⭐",
    "not 5",
    "5 but the door is broken",
    "five minutes",
    "thanks",
    "stars",
    "STOP",
    "-4",
    "4 5",
    "5 из 5",
  ])("is not read in “%s”", (text) => {
    expect(readScore(text)).toBeNull();
  });

  test("is read from any writing of the same words, and never outside 1 to 5", () => {
    fc.assert(
      fc.property(fc.constantFrom(...WRITTEN), fc.constantFrom("", " ", "!", "!!", "."), fc.boolean(), ([text, score], mark, isLoud) => {
        expect(readScore(isLoud ? `${text.toUpperCase()}${mark}` : ` ${text}${mark}`)).toBe(
          /[⭐★]/u.test(text) && mark.trim() !== "" ? null : score,
        );
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 50 }), (text) => {
        const score = readScore(text);
        expect(score === null || [1, 2, 3, 4, 5].includes(score)).toBe(true);
      }),
    );
  });

  test("is not read where any other word stands beside it", () => {
    const other = fc.constantFrom("but", "no", "bay", "people", "pm", "not", "guests", "minutes", "door", "manana", "for", "cancel");
    fc.assert(
      fc.property(fc.constantFrom(...WRITTEN), other, fc.boolean(), ([text], word, isFirst) => {
        expect(readScore(isFirst ? `${word} ${text}` : `${text} ${word}`)).toBeNull();
      }),
    );
  });
});
