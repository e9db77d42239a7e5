import fc from "fast-check";
import { expect, test } from "vitest";

import { ARTICLE_QUESTIONS, articleOf, planOf, QUESTIONS, samplesOf, type Question, type StepState } from "./first-run.ts";
import { ArticleContent } from "./knowledge.ts";

const all = (state: StepState): Record<Question, StepState> =>
  Object.fromEntries(QUESTIONS.map((question) => [question, state])) as Record<Question, StepState>;

test("an answer becomes whole sentences, and its figures become facts", () => {
  const article = articleOf("prices", { answer: { membership: "39", "day-pass": " $15. ", more: "Students pay half" }, kind: "gym" });
  expect(article).toMatchObject({
    title: "Prices",
    body: "The monthly membership is $39. The day pass is $15. Students pay half.",
    facts: [
      { id: "membership", kind: "price", label: "Monthly membership", value: "$39" },
      { id: "day-pass", kind: "price", label: "Day pass", value: "$15" },
    ],
  });
});

test("nothing is written from an empty answer, or from a field that no question has", () => {
  expect(articleOf("parking", { answer: { where: "  " }, kind: "gym" })).toBeNull();
  expect(articleOf("parking", { answer: { elsewhere: "Behind the house" }, kind: "gym" })).toBeNull();
  expect(articleOf("contact", { answer: { phone: "1".repeat(200) }, kind: "gym" })).toBeNull();
});

test("a golf club is asked about bays, a gym about classes", () => {
  expect(planOf("classes_bays", "golf").title).toBe("Bays and booking");
  expect(planOf("classes_bays", "gym").title).toBe("Classes and booking");
});

test("three questions are tried, those with an answer first and the others marked as unknown", () => {
  expect(samplesOf({ ...all("open"), parking: "done", lost_found: "skipped" }, "gym")).toEqual([
    { text: "Where can I park?", isUnknown: false },
    { text: "Are you open on Christmas Day?", isUnknown: true },
    { text: "How much is a day pass?", isUnknown: true },
  ]);
  expect(samplesOf(all("done"), "gym").every(({ isUnknown }) => !isUnknown)).toBe(true);
});

test("whatever is typed, what is written passes for an article", () => {
  const answers = fc.constantFrom(...ARTICLE_QUESTIONS).chain((question) =>
    fc.record({
      question: fc.constant(question),
      kind: fc.constantFrom("gym" as const, "golf" as const),
      answer: fc.dictionary(fc.constantFrom(...planOf(question, "gym").fields.map(({ name }) => name)), fc.string({ maxLength: 600 })),
    }),
  );
  fc.assert(
    fc.property(answers, ({ question, kind, answer }) => {
      const article = articleOf(question, { answer, kind });
      expect(article === null || ArticleContent.safeParse(article).success).toBe(true);
    }),
  );
});
