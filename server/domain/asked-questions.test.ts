import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ASKED_BOUNDS, askedFor, askedOf, isAskedIn, joinAsked } from "./asked-questions.ts";
import { splitSentences } from "./sentences.ts";

const BODY = "A day pass costs $15. Day passes are sold at the desk.\nBring a photo ID.";

describe("a question of an article", () => {
  test("is answered while each of its sentences stands in the text word for word, and no longer", () => {
    const asked = { text: "how much for one day", sentences: ["A day pass costs $15."] };
    expect(isAskedIn(asked, BODY)).toBe(true);
    expect(isAskedIn(asked, BODY.replace("$15", "$18"))).toBe(false);
    expect(isAskedIn({ ...asked, sentences: [...asked.sentences, "Passes never expire."] }, BODY)).toBe(false);
    expect(isAskedIn({ ...asked, sentences: ["A day pass costs $1"] }, BODY)).toBe(false);
  });

  test("that a text was written for is answered by all of it, unless it is too long to know which part is meant", () => {
    expect(askedFor("is there a pool?", "We have no pool. Ask us again in May.")).toEqual([
      { text: "is there a pool?", sentences: ["We have no pool.", "Ask us again in May."] },
    ]);
    expect(askedFor("is there a pool?", "One. Two. Three. Four.")).toEqual([]);
    expect(askedFor("  ", BODY)).toEqual([]);
    expect(askedFor("is there a pool?", "")).toEqual([]);
    expect(askedFor("a".repeat(500), BODY)[0]?.text).toHaveLength(ASKED_BOUNDS.textMaxCharacters);
  });

  test("stands in a list once, and no list outgrows what an article may carry", () => {
    const question = fc.record({
      text: fc.constantFrom("How much?", "how  much?", "HOW MUCH?", "when?", "When? ", "who?"),
      sentences: fc.constant("A day pass costs $15.").map((sentence) => [sentence]),
    });
    fc.assert(
      fc.property(fc.array(question), fc.array(question), (left, right) => {
        const once = joinAsked(joinAsked([], left), right);
        const texts = once.map(({ text }) => text.trim().toLowerCase().replaceAll(/\s+/g, " "));
        expect(new Set(texts).size).toBe(texts.length);
        expect(joinAsked(once, right)).toEqual(once);
      }),
    );
    const many = Array.from({ length: 400 }, (_, place) => ({ text: `question ${place}`, sentences: ["A day pass costs $15."] }));
    expect(joinAsked(many, many)).toHaveLength(ASKED_BOUNDS.maxCount);
  });

  test("that cannot be read is left out, and the others stay", () => {
    const good = { text: "how much?", sentences: ["A day pass costs $15."] };
    expect(askedOf([good, { text: "" }, 7, { text: "no sentence", sentences: [] }])).toEqual([good]);
    expect(askedOf(null)).toEqual([]);
  });
});

test("the sentences of a text are found in it again, in their order", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("A pass costs $15. ", "$6 per child. ", "Open at 9 a.m. Saturday. ", "- No pets\n")), (parts) => {
      const text = parts.join("");
      let from = 0;
      for (const sentence of splitSentences(text)) {
        const at = text.indexOf(sentence, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + sentence.length;
      }
    }),
  );
});
