import { expect, test } from "vitest";

import { likeness, VECTOR_LENGTH } from "#server/domain/sentence-vectors.ts";
import { encode } from "#server/platform/sentence-encoder.ts";

test("loading it leaves what the process does with its own failures as it was", async () => {
  const listeners = () => [process.rawListeners("uncaughtException"), process.rawListeners("unhandledRejection")];
  const before = listeners();
  await encode(["are you open today?"]);
  expect(listeners()).toEqual(before);
});

test("what means the same is closer than what shares the words", async () => {
  const [asked, paraphrase, sameWords] = await encode(["lose my number", "please never text me again", "what is my locker number"]);
  if (asked === undefined || paraphrase === undefined || sameWords === undefined) {
    throw new Error("a text without a vector");
  }
  expect(likeness(asked, paraphrase)).toBeGreaterThan(likeness(asked, sameWords));
});

test("every text has one vector of length 1, whatever stands in it", async () => {
  const texts = ["", " ", "¿Abren mañana?", "👍", "x".repeat(50_000)];
  const vectors = await encode(texts);
  expect(vectors.map(({ length }) => length)).toEqual(texts.map(() => VECTOR_LENGTH));
  for (const vector of vectors) {
    expect(likeness(vector, vector)).toBeCloseTo(1, 3);
  }
  expect(await encode([])).toEqual([]);
});
