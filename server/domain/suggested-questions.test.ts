import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { ASKED_BOUNDS, type AskedQuestion, isUnanswered, withSuggested } from "./asked-questions.ts";
import { hasEnoughQuestions, sentencesToAsk, SUGGESTION_BOUNDS, usableQuestions, type ProposedQuestions } from "./suggested-questions.ts";

const BODY = "A day pass costs $15. Day passes are sold at the desk. Bring a photo ID.";
const { sentences } = sentencesToAsk({ body: BODY, asked: [] });
const [COSTS = "", SOLD = ""] = sentences.map(({ text }) => text);
const proposed = (over: Partial<ProposedQuestions>): ProposedQuestions => ({ sentences: [], beside: [], ...over });
const usable = (over: Partial<ProposedQuestions>, asked: readonly AskedQuestion[] = []) =>
  usableQuestions(proposed(over), { asked, sentences }).map(({ text }) => text);

const words = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
const wild = fc.oneof(
  fc.string({ maxLength: 160 }),
  fc.constantFrom("how much", "How much?", "u got day passes", "see evil.example", "call 303 555 0100", "is it $15", "  "),
);
const anyProposal = fc.record({
  sentences: fc.array(fc.record({ number: fc.integer({ min: -2, max: 9 }), questions: fc.array(wild, { maxLength: 40 }) })),
  beside: fc.array(wild, { maxLength: 40 }),
});
const anyAsked = fc.array(
  fc.record({
    text: fc.oneof(wild, fc.constant("How  much")),
    sentences: fc.constantFrom<readonly string[]>([], [COSTS], ["Gone."]).map((all) => [...all]),
  }),
);

describe("what a model proposes", () => {
  test("becomes questions of sentences that were asked about, in bounds, each once, beside what people wrote", () => {
    fc.assert(
      fc.property(anyProposal, anyAsked, (proposal, asked) => {
        const found = usableQuestions(proposal, { asked, sentences });
        const standing = new Set(sentences.map(({ text }) => text));
        for (const { sentences: answering, text } of found) {
          expect(answering.length <= 1 && answering.every((sentence) => standing.has(sentence))).toBe(true);
          expect(text).toMatch(/\p{L}/u);
          expect(text).not.toMatch(/\p{N}|\n|:\/\//u);
          expect(text.length).toBeLessThanOrEqual(SUGGESTION_BOUNDS.textMaxCharacters);
        }
        const all = found.map(({ text }) => words(text));
        expect(new Set(all).size).toBe(all.length);
        expect(new Set(all).intersection(new Set(asked.map(({ text }) => words(text)))).size).toBe(0);
        expect(found.filter(isUnanswered).length).toBeLessThanOrEqual(SUGGESTION_BOUNDS.besideMaxCount);
        for (const sentence of standing) {
          expect(found.filter((one) => one.sentences[0] === sentence).length).toBeLessThanOrEqual(SUGGESTION_BOUNDS.perSentenceMaxCount);
        }
        const joined = withSuggested(asked, found);
        expect(joined.slice(0, asked.length)).toEqual(asked);
        expect(joined).toEqual([...asked, ...found]);
        expect(withSuggested(joined, found)).toEqual(joined);
      }),
    );
  });

  test("is left out where it names no sentence, a figure, a link, a placeholder or nothing", () => {
    expect(usable({ sentences: [{ number: 4, questions: ["how much"] }] })).toEqual([]);
    expect(usable({ sentences: [{ number: 1.5, questions: ["how much"] }] })).toEqual([]);
    const refused = [
      "is it $15",
      "is www.gym.example yours",
      "mail me@gym.example",
      "hi [name] how much",
      "{{price}}?",
      "?!",
      "a".repeat(121),
    ];
    expect(usable({ sentences: [{ number: 1, questions: [...refused, " u  sell\nday passes? "] }] })).toEqual(["u sell day passes?"]);
    expect(usable({ beside: refused })).toEqual([]);
  });

  test("counts as neither when it stands for a sentence and as not answered, and for the first of two sentences", () => {
    const found = usableQuestions(
      proposed({
        sentences: [
          { number: 1, questions: ["how much?", "got day passes"] },
          { number: 2, questions: ["Got day passes?", "where do i get one"] },
        ],
        beside: ["How much", "do passes expire"],
      }),
      { asked: [], sentences },
    );
    expect(found).toEqual([
      { text: "got day passes", sentences: [COSTS] },
      { text: "where do i get one", sentences: [SOLD] },
      { text: "do passes expire", sentences: [] },
    ]);
  });

  test("never grows an article beyond what it may carry", () => {
    const asked = Array.from({ length: ASKED_BOUNDS.maxCount - 1 }, (_, place) => ({ text: `question ${place}`, sentences: [COSTS] }));
    expect(usable({ beside: ["do passes expire", "is there a pool"] }, asked)).toEqual(["do passes expire"]);
    const more = ["do passes expire", "is there a pool"].map((text) => ({ text, sentences: [] }));
    expect(withSuggested(asked, more)).toHaveLength(ASKED_BOUNDS.maxCount);
  });
});

test("the sentences with the fewest questions are asked about first, by their place, until each has some", () => {
  const body = Array.from({ length: 11 }, (_, place) => `Rule ${"abcdefghijk"[place]} holds.`).join(" ");
  const first = sentencesToAsk({ body, asked: [] });
  expect(first.sentences.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(first.leftCount).toBe(3);
  const asked = first.sentences.map(({ text }) => ({ text: "why", sentences: [text] }));
  const second = sentencesToAsk({ body, asked });
  expect(second.sentences.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 9, 10, 11]);
  expect(second.leftCount).toBe(0);
  expect(sentencesToAsk({ body: " ", asked: [] })).toEqual({ sentences: [], leftCount: 0 });
});

describe("asking again", () => {
  const questionsFor = (sentence: string, count: number): readonly AskedQuestion[] =>
    Array.from({ length: count }, (_, place) => ({ text: `${sentence} ${place}`, sentences: [sentence] }));
  const full = sentences.flatMap(({ text }) => questionsFor(text, SUGGESTION_BOUNDS.perSentenceEnoughCount));

  test("ends once each sentence has enough questions, and not before", () => {
    expect(hasEnoughQuestions({ body: BODY, asked: full })).toBe(true);
    expect(hasEnoughQuestions({ body: BODY, asked: full.slice(1) })).toBe(false);
    expect(hasEnoughQuestions({ body: BODY, asked: [] })).toBe(false);
  });

  test("ends where an article holds no more of them", () => {
    const others = Array.from({ length: ASKED_BOUNDS.maxCount }, (_, place) => ({ text: `beside ${place}`, sentences: [] }));
    expect(hasEnoughQuestions({ body: BODY, asked: others })).toBe(true);
  });
});
