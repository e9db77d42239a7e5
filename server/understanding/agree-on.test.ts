import fc from "fast-check";
import { expect, test } from "vitest";

import { RISK_FLAGS, type RiskFlag } from "../domain/intent.ts";
import { CATEGORIES } from "../domain/categories.ts";
import { POLICY_BOUNDS } from "../domain/policy-defaults.ts";
import { agreeOn, SURE_CATEGORY, SURE_RISK } from "./agree-on.ts";
import type { Classification } from "./judge.ts";

const chance = fc.double({ min: 0, max: 1, noNaN: true });
const category = fc.constantFrom(...CATEGORIES);
const flags = fc.uniqueArray(fc.constantFrom(...RISK_FLAGS), { maxLength: 4 });
const anyAuto = fc.double({ ...POLICY_BOUNDS.auto, noNaN: true });
const anyModel = fc.record({ category, confidence: chance, riskFlags: flags });
const anyRisks = fc
  .array(chance, { minLength: RISK_FLAGS.length, maxLength: RISK_FLAGS.length })
  .map((chances) => Object.fromEntries(RISK_FLAGS.map((flag, place) => [flag, chances[place] ?? 0])) as Record<RiskFlag, number>);
const anyLocal: fc.Arbitrary<Classification> = fc.record({
  category,
  subIntent: fc.constant("unclear"),
  confidence: chance,
  riskFlags: flags,
  risks: anyRisks,
  needsPerson: fc.boolean(),
  optOut: fc.record({ chance, verdict: fc.constantFrom("certain" as const, "possible" as const, "no" as const) }),
  evidence: fc.constant(""),
  language: fc.constant("en"),
});

test("the second reading never makes the club bolder: confidence does not rise, no risk disappears, the category is the model's", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, anyAuto, (model, local, auto) => {
      const agreed = agreeOn({ model, local, auto });
      expect(agreed.confidence).toBeLessThanOrEqual(model.confidence);
      expect(agreed.confidence).toBeGreaterThanOrEqual(0);
      expect(agreed.riskFlags).toEqual(expect.arrayContaining([...model.riskFlags]));
      expect(new Set(agreed.riskFlags).size).toBe(agreed.riskFlags.length);
      expect(agreed.category).toBe(model.category);
    }),
  );
});

test("a raised risk that the local reading is sure of is a risk, one that it only doubts is not", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, anyAuto, (model, local, auto) => {
      const sure = local.riskFlags.filter((flag) => local.risks[flag] >= SURE_RISK);
      expect(new Set(agreeOn({ model, local, auto }).riskFlags)).toEqual(new Set([...model.riskFlags, ...sure]));
    }),
  );
});

test("a sure contradiction, a possible opt-out and a suspected matter for a person never go out alone", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, anyAuto, (model, local, auto) => {
      const contradicts = local.category !== model.category && local.confidence >= SURE_CATEGORY;
      const mayOptOut = local.optOut.verdict !== "no" && model.category !== "opt_out";
      const isSuspected = local.needsPerson || local.riskFlags.length > 0;
      const isMatter = isSuspected && model.category !== "complaint" && model.riskFlags.length === 0;
      const agreed = agreeOn({ model, local, auto });
      expect(agreed.isDisputed).toBe(contradicts || mayOptOut || isMatter);
      expect(agreed.confidence < auto || !agreed.isDisputed).toBe(true);
    }),
  );
});

test("where both say the same the model's confidence stays", () => {
  fc.assert(
    fc.property(anyModel, anyLocal, anyAuto, (model, local, auto) => {
      const same: Classification = {
        ...local,
        category: model.category,
        riskFlags: [],
        needsPerson: false,
        optOut: { chance: 0, verdict: "no" },
      };
      expect(agreeOn({ model, local: same, auto })).toEqual({ ...model, riskFlags: [...new Set(model.riskFlags)], isDisputed: false });
    }),
  );
});
