import { expect, test } from "vitest";

import stored from "./answer-weights.json" with { type: "json" };
import { CHOICE_FEATURES, RANKED_FEATURES } from "./choose.ts";

test("there is a weight for each number that speaks for or against a sentence", () => {
  expect(stored.ranking).toHaveLength(RANKED_FEATURES.length);
  expect(stored.certainty.weights).toHaveLength(CHOICE_FEATURES.length);
});

test("what is certain is also worth a draft", () => {
  expect(stored.likelyFrom).toBeLessThanOrEqual(stored.certainFrom);
});

test("where few ways of asking for it are known, it takes no less to be certain of an answer", () => {
  expect(stored.asked.certainFromFew).toBeGreaterThanOrEqual(stored.asked.certainFrom);
});
