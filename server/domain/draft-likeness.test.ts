import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { encode } from "#server/platform/sentence-encoder.ts";

import { compareTexts, factsAgree, withoutDisclosure, wordLikeness } from "./draft-likeness.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";

const agreed = async (draft: string, sent: string): Promise<boolean> => (await compareTexts({ draft, sent }, encode)).isAgreed;

describe("the same answer in other words is agreement", () => {
  test.each([
    [
      "The front desk is staffed 9 am to 3 pm on Saturday. Can I help with anything else?",
      "Hi Ana! Saturday our desk is staffed from 9am to 3pm.",
    ],
    [
      "Gift cards are sold at the front desk and online. They never expire.",
      "Gift cards never expire, you can buy them online or at the desk.",
    ],
    ["A day pass is $15. Want me to hold one for you?", "Day passes are $15! You can get one at the front desk."],
    ["You're very welcome! See you at the gym.", "You're welcome, see you soon!"],
    ["Which day would suit you for the session?", "What day works best for you?"],
    ["We are open 24 hours a day with your key fob.", "You can get in 24/7 with your fob"],
  ])("%s", async (draft, sent) => {
    expect(await agreed(draft, sent)).toBe(true);
  });
});

describe("another answer is none", () => {
  test.each([
    ["The front desk is staffed 9 am to 3 pm on Saturday. Can I help with anything else?", "We close at 5 on Saturdays."],
    ["A day pass is $15. Want me to hold one for you?", "Hi, could you call us? I'd like to ask some questions first."],
    ["Yes, you can bring a guest for free once a month.", "Guests need to buy a day pass, which you can get online."],
    ["I'm not sure about that, a person of the club can help you.", "Yes, kids from 12 may train with a parent."],
  ])("%s", async (draft, sent) => {
    expect(await agreed(draft, sent)).toBe(false);
  });
});

describe("what contradicts is never agreement, however alike the words are", () => {
  test.each([
    ["A day pass is $15. You can get one at the front desk.", "A day pass is $18. You can get one at the front desk."],
    ["The desk is staffed until 8 pm on Friday.", "The desk is staffed until 9 pm on Friday."],
    ["The next class is on November 23.", "The next class is on November 24."],
    ["The yoga class is on Tuesday, see you there!", "The yoga class is on Thursday, see you there!"],
    ["You can sign up at ironwood.example/join any time.", "You can sign up at ironwood.example/start any time."],
    ["Yes, you can freeze your membership in the app.", "You can not freeze your membership in the app."],
    ["Kids under 12 may train with a parent.", "Kids under 14 may train with a parent."],
  ])("%s", async (draft, sent) => {
    expect(await agreed(draft, sent)).toBe(false);
  });
});

describe("for any texts", () => {
  const text = fc
    .array(fc.constantFrom("open", "Gift", "$15", "until", "8 pm", "no", "you", "ä", "Friday", "ok?"), { maxLength: 12 })
    .map((words) => words.join(" "));

  test("a text agrees with itself and likeness knows no direction and no place outside 0 to 1", () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const value = wordLikeness(left, right);
        expect(value).toBe(wordLikeness(right, left));
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(wordLikeness(left, left)).toBe(1);
        expect(factsAgree(left, left)).toBe(true);
        expect(factsAgree(left, right)).toBe(factsAgree(right, left));
      }),
    );
  });

  test("two prices that differ never agree", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1, max: 999 }), (left, right) => {
        expect(factsAgree(`It costs $${left}.`, `It costs $${right}.`)).toBe(left === right);
      }),
    );
  });

  test("without an encoder the words decide, and the result stays between 0 and 1 with any encoder", async () => {
    expect(await compareTexts({ draft: "gift cards never expire", sent: "gift cards never expire" }, null)).toEqual({
      likenessRatio: 1,
      isAgreed: true,
    });
    await fc.assert(
      fc.asyncProperty(text, text, fc.double({ min: -1.5, max: 1.5, noNaN: true }), async (draft, sent, cosine) => {
        const { likenessRatio } = await compareTexts({ draft, sent }, async () => [Float32Array.of(1), Float32Array.of(cosine)]);
        expect(likenessRatio).toBeGreaterThanOrEqual(0);
        expect(likenessRatio).toBeLessThanOrEqual(1);
      }),
    );
  });
});

test("the sentence that an AI writes is no part of what is compared", () => {
  const { agent } = BUILT_IN_POLICY;
  const strip = (words: string): string => withoutDisclosure(words, { agent, clubName: "Ironwood Denver" });
  expect(strip("Hi, this is Spotter. I'm the club's AI assistant. We are open until ten.")).toBe("We are open until ten.");
  expect(strip("Hola, soy Spotter, el asistente de IA del club. Abrimos a las 5.")).toBe("Abrimos a las 5.");
  expect(strip("We are open until ten.")).toBe("We are open until ten.");
});
