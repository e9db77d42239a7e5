import { expect, test } from "vitest";

import { VECTOR_LENGTH } from "../../domain/sentence-vectors.ts";
import stored from "./answer-towers.json" with { type: "json" };
import { readAsked } from "./read-words.ts";
import { asKnown, type KnownQuestion, type Question, questionOf } from "./read-question.ts";
import { isAskedWordForWord } from "./same-words.ts";
import { openTowers } from "./towers.ts";

const towers = openTowers(stored);
const vector = new Float32Array(VECTOR_LENGTH);
const read = (text: string): Question => questionOf(text, { asked: readAsked(text, new Set()), vector, vectors: new Map(), towers });

const says = (text: string, known: readonly string[], others: readonly string[] = []): boolean => {
  const [own, foreign] = [known, others].map((texts) => texts.map((one): KnownQuestion => asKnown(read(one))));
  const articles = [{ asked: [{ questions: own ?? [] }, { questions: foreign ?? [] }], beside: [] }];
  return isAskedWordForWord(read(text), { articles, choice: { known: own ?? [] } });
};

test.each([
  ["how much is it to bring a friend?", "how much to bring a friend"],
  ["hi is there a sauna", "is there a sauna"],
])("%j says what %j says", (text, known) => {
  expect(says(text, [known])).toBe(true);
});

test.each([
  ["can you text me", "can i text you"],
  ["can my guest pay for me", "can i pay for my guest"],
  ["how much for 2 hours", "how much for 3 hours"],
  ["are you open on sunday", "are you open on monday"],
  ["do you have no sauna", "do you have a sauna"],
  ["is it", "is it a"],
  ["is my trainer there", "is there a trainer"],
  ["is the wall just for members", "is the wall for members"],
  ["can i switch from birdie to eagle", "can i switch from eagle to birdie"],
])("%j does not say what %j says", (text, known) => {
  expect(says(text, [known])).toBe(false);
});

test("what is known for two answers is certain for neither", () => {
  expect(says("is there a sauna", ["is there a sauna"], ["is there a sauna?"])).toBe(false);
});
