import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ASKED_BOUNDS, AskedQuestion, askedFor, askedOf, contradictingIn, isAskedIn, isUnanswered, joinAsked } from "./asked-questions.ts";
import { ArticleContent } from "./knowledge.ts";
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
      sentences: fc.constantFrom<readonly string[]>([], ["A day pass costs $15."]).map((sentences) => [...sentences]),
    });
    fc.assert(
      fc.property(fc.array(question), fc.array(question), (left, right) => {
        const once = joinAsked(joinAsked([], left), right);
        const texts = once.map(({ text }) => text.trim().toLowerCase().replaceAll(/\s+/g, " "));
        expect(new Set(texts).size).toBe(texts.length);
        expect(joinAsked(once, right)).toEqual(once);
      }),
    );
    const many = Array.from({ length: ASKED_BOUNDS.maxCount + 100 }, (_, place) => ({
      text: `question ${place}`,
      sentences: ["A day pass costs $15."],
    }));
    expect(joinAsked(many, many)).toHaveLength(ASKED_BOUNDS.maxCount);
  });

  test("that nothing answers holds for any text, whatever becomes of it, and no text is taken for one that has no answer", () => {
    const beside = { text: "is there a pool", sentences: [] };
    fc.assert(
      fc.property(fc.string(), (body) => {
        expect(isAskedIn(beside, body)).toBe(true);
        expect(askedFor("is there a pool", body).filter(isUnanswered)).toEqual([]);
      }),
    );
    expect(AskedQuestion.parse(beside)).toEqual(beside);
    expect(isUnanswered({ sentences: ["A day pass costs $15."] })).toBe(false);
  });

  test("stands as answered and as not answered in no article, however it is written, and joining two lists never makes it so", () => {
    const question = fc.record({
      text: fc.constantFrom("How much?", "how  much? ", "when?", "who?"),
      sentences: fc.constantFrom<readonly string[]>([], ["A day pass costs $15."]).map((sentences) => [...sentences]),
    });
    fc.assert(
      fc.property(fc.array(question), fc.array(question), (left, right) => {
        expect(contradictingIn(joinAsked(left, right))).toEqual([]);
        const apart = [...left, ...right];
        const words = (isWanted: (one: AskedQuestion) => boolean): ReadonlySet<string> =>
          new Set(apart.filter(isWanted).map(({ text }) => text.trim().toLowerCase().replaceAll(/\s+/g, " ")));
        const both = words(isUnanswered).intersection(words((one) => !isUnanswered(one)));
        expect(contradictingIn(apart).length > 0).toBe(both.size > 0);
      }),
    );
    const content = { title: "Day pass", body: BODY, facts: [], translations: [], validFromOn: null, validUntilOn: null };
    const asked = [
      { text: "how much", sentences: ["A day pass costs $15."] },
      { text: "How much", sentences: [] },
    ];
    expect(ArticleContent.safeParse({ ...content, asked }).error?.issues).toMatchObject([{ path: ["asked"] }]);
    expect(ArticleContent.safeParse({ ...content, asked: asked.slice(1) }).success).toBe(true);
  });

  test("that cannot be read is left out, and the others stay", () => {
    const good = { text: "how much?", sentences: ["A day pass costs $15."] };
    const beside = { text: "no sentence", sentences: [] };
    expect(askedOf([good, { text: "" }, 7, beside, { text: "no list" }])).toEqual([good, beside]);
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
