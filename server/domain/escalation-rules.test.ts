import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { CALL_REASONS, callReasonOf } from "./call-reasons.ts";
import { DEFAULT_ESCALATION_RULES, EscalationRules, ruleFor } from "./escalation-rules.ts";
import { ESCALATION_HOURS } from "./escalation-words.ts";

const toOwner = { kind: "role", role: "owner", way: "sms" } as const;
const step = { afterMinutes: 5, to: toOwner };
const rule = { reasons: ["money"], hours: "any", steps: [step] };

describe("the rule for a call", () => {
  test("is the first that has the reason and holds at that hour; unknown hours are those of the desk", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            reasons: fc.uniqueArray(fc.constantFrom(...CALL_REASONS), { minLength: 1 }),
            hours: fc.constantFrom(...ESCALATION_HOURS),
          }),
        ),
        fc.constantFrom(...CALL_REASONS),
        fc.constantFrom(true, false, null),
        (sketches, reason, isStaffed) => {
          const rules = sketches.map((sketch) => ({ ...sketch, steps: [step] }));
          const found = ruleFor({ rules }, { reason, isStaffed });
          const fits = ({ hours, reasons }: (typeof rules)[number]) =>
            reasons.includes(reason) && (hours === "any" || (hours === "outside") === (isStaffed === false));
          expect(found).toBe(rules.find(fits) ?? null);
        },
      ),
    );
  });

  test("is there for every reason while the desk is staffed, without a word of the club", () => {
    for (const reason of CALL_REASONS) {
      expect(ruleFor(DEFAULT_ESCALATION_RULES, { reason, isStaffed: true })).not.toBeNull();
    }
    expect(EscalationRules.parse(DEFAULT_ESCALATION_RULES)).toEqual(DEFAULT_ESCALATION_RULES);
  });
});

describe("what somebody wrote", () => {
  test("is put in the order in which it happens", () => {
    const steps = [step, { afterMinutes: 0, to: { kind: "team" } }];
    expect(EscalationRules.parse({ rules: [{ ...rule, reasons: ["unsure", "complaint"], steps }] }).rules[0]).toMatchObject({
      reasons: ["complaint", "unsure"],
      steps: [{ afterMinutes: 0 }, { afterMinutes: 5 }],
    });
  });

  test.each<[string, object]>([
    ["no reason", { reasons: [] }],
    ["no step", { steps: [] }],
    ["more than a day", { steps: [{ afterMinutes: 1_441, to: toOwner }] }],
    ["part of a minute", { steps: [{ afterMinutes: 0.5, to: toOwner }] }],
    ["an empty field", { steps: [{ afterMinutes: Number.NaN, to: toOwner }] }],
    ["a way that there is none of", { steps: [{ afterMinutes: 5, to: { ...toOwner, way: "pigeon" } }] }],
    ["somebody who is no user", { steps: [{ afterMinutes: 5, to: { kind: "person", userId: "me", way: "sms" } }] }],
  ])("is refused with %s", (_what, over) => {
    expect(EscalationRules.safeParse({ rules: [{ ...rule, ...over }] }).success).toBe(false);
  });
});

test("why somebody was called follows from the decision: what was named before what was unsure", () => {
  expect(callReasonOf({ reasons: ["always_person_complaint"], category: "complaint" })).toBe("complaint");
  expect(callReasonOf({ reasons: ["wants_person"], category: "complaint" })).toBe("wants_person");
  expect(callReasonOf({ reasons: ["below_floor", "model_unavailable"], category: "question" })).toBe("trouble");
  expect(callReasonOf({ reasons: ["below_floor"], category: "payment_inquiry" })).toBe("money");
  expect(callReasonOf({ reasons: ["unanswerable"], category: "question" })).toBe("unsure");
});
