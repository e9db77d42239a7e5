import { beforeAll, describe, expect, test } from "vitest";

import { readClubs } from "../../evals/knowledge/clubs.ts";
import { askAll, figuresOf, type Told } from "../../evals/knowledge/measure.ts";
import { encode } from "../platform/sentence-encoder.ts";
import { CERTAIN_SCORE, LIKELY_SCORE } from "./answer-from.ts";

/** Two clubs are read and 290 questions asked, on a machine that may do other things. */
const ASKING_TIMEOUT_MS = 300_000;

let told: readonly Told[];

beforeAll(async () => {
  told = (await Promise.all(readClubs("held-back").map((club) => askAll(club, encode)))).flat();
}, ASKING_TIMEOUT_MS);

describe("on clubs that nothing was chosen by", () => {
  test("no answer that is sent states what the articles do not", () => {
    expect(figuresOf(told, 0).inventedFacts).toBe(0);
  });

  test("what is sent without a model answers the question", () => {
    const { answered, right, wronglyAnswered } = figuresOf(told, CERTAIN_SCORE);
    expect(told.length).toBe(290);
    expect(right).toBeGreaterThanOrEqual(105);
    expect(right / answered).toBeGreaterThanOrEqual(0.98);
    expect(wronglyAnswered).toBeLessThanOrEqual(6);
  });

  test("there is a draft for half of the questions, and nine of ten are right", () => {
    const { coverage, precision, wronglyAnswered } = figuresOf(told, LIKELY_SCORE);
    expect(coverage).toBeGreaterThanOrEqual(0.5);
    expect(precision).toBeGreaterThanOrEqual(0.88);
    expect(wronglyAnswered).toBeLessThanOrEqual(30);
  });
});
