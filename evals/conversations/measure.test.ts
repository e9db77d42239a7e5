import { expect, test } from "vitest";

import type { GoldenConversation } from "./golden.ts";
import { measure, wrongBecause, type Attempt } from "./measure.ts";

const golden = (over: Partial<GoldenConversation["expect"]> = {}): GoldenConversation => ({
  id: "g",
  club: "gym",
  member: { kind: "unknown", binding: "unknown" },
  turns: [{ from: "contact", text: "when do you open?" }],
  expect: {
    category: "question",
    riskFlags: [],
    outcome: ["respond"],
    mustEscalate: false,
    mayAutoAnswer: true,
    isSimpleQuestion: true,
    optOut: false,
    ...over,
  },
});

const tried = (over: Partial<Attempt> = {}): Attempt => ({
  golden: golden(),
  category: "question",
  subIntent: "opening_hours",
  confidence: 0.9,
  outcome: "respond",
  reasons: ["sure_enough"],
  isOptOut: false,
  reply: "We open at 5 am.",
  source: "instant",
  costMicros: 0,
  overheadMs: 1,
  ...over,
});

test("an answer that went out counts as wrong when it was not for the machine, misses a fact or says a forbidden one", () => {
  expect(wrongBecause(tried())).toBeNull();
  expect(wrongBecause(tried({ golden: golden({ mustContain: ["5 AM"] }) }))).toBeNull();
  expect(wrongBecause(tried({ golden: golden({ mustContain: ["6 am"] }) }))).toContain("6 am");
  expect(wrongBecause(tried({ golden: golden({ mustNotContain: ["5 am"] }) }))).toContain("5 am");
  expect(wrongBecause(tried({ golden: golden({ outcome: ["escalate"] }) }))).not.toBeNull();
  expect(wrongBecause(tried({ golden: golden({ outcome: ["escalate"] }), outcome: "escalate" }))).toBeNull();
});

test("what was held is neither sent wrongly nor answered alone", () => {
  const measured = measure([
    tried(),
    tried({ outcome: "suggest" }),
    tried({ outcome: "escalate", golden: golden({ mustEscalate: true }) }),
  ]);
  expect(measured.simpleAutoAnswered).toEqual({ hits: 1, of: 3 });
  expect(measured.wronglySent).toEqual({ hits: 0, of: 1 });
  expect(measured.escalated).toEqual({ hits: 1, of: 1 });
});

test("an acceptable second category is right, and a category nobody asked for costs precision", () => {
  const measured = measure([
    tried({ category: "scheduling", golden: golden({ acceptableCategories: ["scheduling"] }) }),
    tried({ category: "praise" }),
    tried(),
  ]);
  expect(measured.category).toEqual({ hits: 2, of: 3 });
  expect(measured.perCategory.praise.precision).toBe(0);
});
