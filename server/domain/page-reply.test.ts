import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { saysTheyHaveIt } from "./page-reply.ts";

const TAKEN = [
  "got it",
  "on my way",
  "ok",
  "yes",
  "I have it",
  "I'm on it",
  "omw",
  "ya voy",
  "sí",
  "en camino",
  "I’ll take it",
  "Copy that",
];
const NOT_TAKEN = [
  "no",
  "ok?",
  "who is this",
  "on my way, what time does the front desk close?",
  "yes but I can't come",
  "not ok",
  "I am not on my way",
  "ok call Dana instead",
  "can't",
  "wrong number",
  "STOP",
  "",
  "   ",
  "thanks",
  "now",
  "ok 👎",
  "ok нет",
  "yes 2",
  "👍",
  'Liked "Ironwood: this looks like an emergency"',
  "got it wrong",
  "is somebody on it",
];

describe("a reply to the page of an emergency", () => {
  test.each(TAKEN)("“%s” takes it", (text) => {
    expect(saysTheyHaveIt(text)).toBe(true);
  });

  test.each(NOT_TAKEN)("“%s” does not", (text) => {
    expect(saysTheyHaveIt(text)).toBe(false);
  });

  test("takes it in any writing, with thanks around it or said twice", () => {
    const written = fc.tuple(
      fc.constantFrom(...TAKEN),
      fc.constantFrom("", "thanks, ", "Hey "),
      fc.constantFrom("", "!", " now", ". Thank you", " 👍🏽"),
    );
    fc.assert(
      fc.property(written, fc.boolean(), fc.boolean(), ([text, before, after], isLoud, isTwice) => {
        const said = `${before}${isTwice ? `${text}, ${text}` : text}${after}`;
        expect(saysTheyHaveIt(isLoud ? said.toUpperCase() : said)).toBe(said.length <= 60);
      }),
    );
  });

  test("never takes it where another word, a figure or a question stands beside it", () => {
    const other = fc.constantFrom(
      "no",
      "not",
      "cant",
      "never",
      "but",
      "who",
      "911",
      "?",
      "later",
      "dana",
      "maybe",
      "wrong",
      "нет",
      "stop",
      "if",
    );
    fc.assert(
      fc.property(fc.constantFrom(...TAKEN), other, fc.boolean(), (text, word, isFirst) => {
        expect(saysTheyHaveIt(isFirst ? `${word} ${text}` : `${text} ${word}`)).toBe(false);
      }),
    );
  });
});
