import fc from "fast-check";
import { expect, test } from "vitest";

import { CATEGORIES, RISK_FLAGS } from "../domain/intent.ts";
import { POLICY_BOUNDS } from "../domain/policy-defaults.ts";
import { agreeOn, DISPUTED_CONFIDENCE, SURE_LOCALLY } from "./agree-on.ts";
import type { Classification } from "./judge.ts";

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const category = fc.constantFrom(...CATEGORIES);
const flags = fc.uniqueArray(fc.constantFrom(...RISK_FLAGS), { maxLength: 4 });
const anyModel = fc.record({ category, confidence: chance, riskFlags: flags });
const anyLocal: fc.Arbitrary<Classification> = fc.record({
  category,
  subIntent: fc.constant("unclear"),
  confidence: chance,
  riskFlags: flags,
  risks: fc.constant(Object.fromEntries(RISK_FLAGS.map((flag) => [flag, 0])) as Classification["risks"]),
  needsPerson: fc.boolean(),
  optOut: fc.record({ chance, verdict: fc.constantFrom("certain" as const, "possible" as const, "no" as const) }),
  evidence: fc.constant(""),
  language: fc.constant("en"),
});

test("the second reading never makes the club bolder: confidence does not rise, no risk disappears, the category is the model's", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, (model, local) => {
      const agreed = agreeOn({ model, local });
      expect(agreed.confidence).toBeLessThanOrEqual(model.confidence);
      expect(agreed.riskFlags).toEqual(expect.arrayContaining([...model.riskFlags, ...local.riskFlags]));
      expect(new Set(agreed.riskFlags).size).toBe(agreed.riskFlags.length);
      expect(agreed.category).toBe(model.category);
    }),
  );
});

test("a sure contradiction, a possible opt-out and a matter for a person end below every threshold for automatic answers", () => {
  expect(DISPUTED_CONFIDENCE).toBeLessThan(POLICY_BOUNDS.auto.min);
  fc.assert(
    fc.property(anyModel, anyLocal, (model, local) => {
      const contradicts = local.category !== model.category && local.confidence >= SURE_LOCALLY;
      const mayOptOut = local.optOut.verdict !== "no" && model.category !== "opt_out";
      const isMatter = local.needsPerson && model.category !== "complaint" && model.riskFlags.length === 0;
      const agreed = agreeOn({ model, local });
      expect(agreed.isDisputed).toBe(contradicts || mayOptOut || isMatter);
      expect(agreed.confidence <= DISPUTED_CONFIDENCE || !agreed.isDisputed).toBe(true);
    }),
  );
});

test("where both say the same the model's confidence stays", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, (model, local) => {
      const same = { ...local, category: model.category, needsPerson: false, optOut: { chance: 0, verdict: "no" as const } };
      expect(agreeOn({ model, local: same })).toMatchObject({ confidence: model.confidence, isDisputed: false });
    }),
  );
});
