import { beforeAll, describe, expect, test } from "vitest";

import { readCorpus } from "../../evals/train/corpus.ts";
import { type Figures, judgeAll, measure } from "../../evals/train/measure.ts";
import { samplesOf } from "../../evals/train/samples.ts";
import { openWeights } from "./heads.ts";
import stored from "./weights.json" with { type: "json" };

/** Nine hundred texts are encoded, 10 to 30 ms each, on a machine that may do other things. */
const ENCODING_TIMEOUT_MS = 180_000;

let figures: Figures;

beforeAll(async () => {
  figures = measure(judgeAll(await samplesOf(readCorpus("held-back")), openWeights(stored)));
}, ENCODING_TIMEOUT_MS);

describe("on messages that nothing was chosen by, the weights that ship", () => {
  test("tell the category of nine in ten", () => {
    expect(figures.count).toBeGreaterThan(800);
    expect(figures.accuracy).toBeGreaterThanOrEqual(0.9);
    expect(figures.macroF1).toBeGreaterThanOrEqual(0.9);
    expect(figures.spanishAccuracy).toBeGreaterThanOrEqual(0.9);
  });

  test("let no opt-out be answered automatically, and suppress few who only sound like one", () => {
    expect(figures.optOut.recallWithPossible).toBeGreaterThanOrEqual(0.99);
    expect(figures.optOut.falseSuppression).toBeLessThanOrEqual(0.05);
  });

  test("see what is for a person", () => {
    expect(figures.person.recallWithDoubt).toBeGreaterThanOrEqual(0.99);
  });

  test("are as sure as they may be: nine in ten of what is said with 0.9 is right", () => {
    const sure = figures.reliability.filter(({ from }) => from >= 0.8);
    for (const { right, stated } of sure) {
      expect(right).toBeGreaterThanOrEqual(stated - 0.03);
    }
    expect(figures.calibrationError).toBeLessThanOrEqual(0.06);
  });
});
