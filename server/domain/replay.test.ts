import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { AUTOMATIONS } from "./automations.ts";
import { decide } from "./decide.ts";
import { RISK_FLAGS } from "./intent.ts";
import { CATEGORIES } from "./categories.ts";
import { MODEL_FAILURE_KINDS } from "./model-failure.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import type { Policy } from "./policy.ts";
import { isReplayed, replayable, replayDecision } from "./replay.ts";
import type { ReplayInput, StoredDecision } from "./replay.ts";
import { answeredAlone, percentOf, thresholdCurves } from "./threshold-curve.ts";
import { STAGES } from "./vocabulary.ts";

/** Two decimals, as the sliders move and models answer. */
const hundredths = (min: number, max: number) => fc.integer({ min, max }).map((percent) => percent / 100);
const stage = fc.constantFrom(...STAGES);

const policy: fc.Arbitrary<Policy> = fc
  .record({
    stages: fc.tuple(...CATEGORIES.map(() => stage)),
    auto: hundredths(60, 99),
    floor: hundredths(60, 99),
    own: fc.tuple(...CATEGORIES.map(() => fc.option(hundredths(60, 99)))),
    automations: fc.tuple(...AUTOMATIONS.map(() => fc.record({ stage, threshold: hundredths(60, 99) }))),
    perConversation: fc.integer({ min: 0, max: 20 }),
  })
  .map(({ stages, auto, floor, own, automations, perConversation }) => ({
    ...BUILT_IN_POLICY,
    stages: Object.fromEntries(CATEGORIES.map((category, index) => [category, stages[index]])) as Policy["stages"],
    thresholds: { auto, floor },
    categoryThresholds: Object.fromEntries(
      CATEGORIES.map((category, index) => [category, own[index] ?? null]),
    ) as Policy["categoryThresholds"],
    automations: Object.fromEntries(
      AUTOMATIONS.map((name, index) => [name, { ...BUILT_IN_POLICY.automations[name], ...automations[index] }]),
    ) as Policy["automations"],
    limits: { ...BUILT_IN_POLICY.limits, automaticRepliesPerConversation: perConversation },
  }));

const thoughtInputs = fc.record({
  kind: fc.constant("thought"),
  source: fc.constantFrom("instant", "local", "a model"),
  answerable: fc.boolean(),
  hasReply: fc.boolean(),
  isNewest: fc.boolean(),
  handledBy: fc.constantFrom("agent", "staff"),
  isAgentOff: fc.boolean(),
  binding: fc.constantFrom("bound", "shared", "unknown"),
  isPastDue: fc.boolean(),
  automaticRepliesInConversation: fc.nat({ max: 25 }),
  automaticRepliesInClubHour: fc.nat({ max: 80 }),
  isStopped: fc.boolean(),
  isSuppressed: fc.boolean(),
  findings: fc.array(fc.record({ code: fc.constantFrom("fact_lock", "privacy", "too_long"), span: fc.string() }), { maxLength: 2 }),
  automation: fc.option(
    fc.record({
      name: fc.constantFrom(...AUTOMATIONS),
      step: fc.constantFrom("answer", "ask", "confirm", "approval", "run", "waiting", "refuse"),
      useCount: fc.nat({ max: 6 }),
    }),
  ),
});

/** Mostly calm circumstances: a run of random ones would hardly ever answer. */
const calm = thoughtInputs.map((inputs) => ({
  ...inputs,
  answerable: true,
  hasReply: true,
  isNewest: true,
  handledBy: "agent",
  isAgentOff: false,
  isStopped: false,
  isSuppressed: false,
  findings: [],
}));

const stored: fc.Arbitrary<StoredDecision> = fc.record({
  category: fc.constantFrom(...CATEGORIES),
  subIntent: fc.constant("opening_hours"),
  confidence: hundredths(0, 100),
  riskFlags: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: fc.subarray([...RISK_FLAGS]) }),
  inputs: fc.oneof(thoughtInputs, calm),
});

const inputOf = (decision: StoredDecision): ReplayInput => {
  const input = replayable(decision);
  if (input === null) {
    throw new Error("the test stored something that cannot be replayed");
  }
  return input;
};

describe("replaying one decision", () => {
  test("under the policy it was made with gives the same outcome for the same reasons", () => {
    fc.assert(
      fc.property(stored, policy, (decision, rules) => {
        const input = inputOf(decision);
        const setting = input.automation === null ? null : rules.automations[input.automation.name];
        const automation =
          input.automation === null || setting === null || setting.stage === "off" ? null : { ...input.automation, setting };
        const made = decide({ ...input, automation, policy: rules });
        expect(replayDecision(inputOf(JSON.parse(JSON.stringify(decision)) as StoredDecision), rules)).toEqual(made);
      }),
    );
  });

  test("a lower threshold never takes an answer away, in general, of a topic or of an automation", () => {
    fc.assert(
      fc.property(stored, policy, fc.integer({ min: 0, max: 39 }), (decision, rules, step) => {
        const lower = (value: number): number => Math.max(0.6, (Math.round(value * 100) - step) / 100);
        const lowered: Policy = {
          ...rules,
          thresholds: { ...rules.thresholds, auto: lower(rules.thresholds.auto) },
          categoryThresholds: Object.fromEntries(
            CATEGORIES.map((category) => {
              const own = rules.categoryThresholds[category];
              return [category, own === null ? null : lower(own)];
            }),
          ) as Policy["categoryThresholds"],
          automations: Object.fromEntries(
            AUTOMATIONS.map((name) => [name, { ...rules.automations[name], threshold: lower(rules.automations[name].threshold) }]),
          ) as Policy["automations"],
        };
        const input = inputOf(decision);
        if (replayDecision(input, rules).outcome === "respond") {
          expect(replayDecision(input, lowered).outcome).toBe("respond");
        }
      }),
      { numRuns: 500 },
    );
  });

  test("no policy sends what is always a person's", () => {
    fc.assert(
      fc.property(calm, policy, fc.constantFrom(...RISK_FLAGS), (inputs, rules, flag) => {
        const decision = { category: "question", subIntent: "", confidence: 1, riskFlags: [flag], inputs };
        expect(replayDecision(inputOf(decision), rules).outcome).toBe("escalate");
      }),
    );
  });

  test.each(MODEL_FAILURE_KINDS)("a message the model failed on (%s) stays a person's", (failure) => {
    const [inputs] = fc.sample(calm, 1);
    const decision = { category: "other", subIntent: failure, confidence: 0, riskFlags: [], inputs: { ...inputs, kind: "failed" } };
    expect(replayDecision(inputOf(decision), BUILT_IN_POLICY).outcome).toBe("escalate");
  });

  test("what triage settled is settled the same way again", () => {
    const [inputs] = fc.sample(calm, 1);
    const decide = (subIntent: string) =>
      replayDecision(
        inputOf({ category: "other", subIntent, confidence: 1, riskFlags: [], inputs: { ...inputs, kind: "triage" } }),
        BUILT_IN_POLICY,
      ).outcome;
    expect(["emergency", "opt_out", "possible_opt_out", "spam", "help"].map(decide)).toEqual([
      "escalate",
      "ignore",
      "escalate",
      "ignore",
      "respond",
    ]);
  });

  test.each(["answerable", "hasReply", "isNewest", "findings"])("one stored without %s is counted, not guessed", (field) => {
    const [inputs] = fc.sample(calm, 1);
    const { [field]: _left, ...rest } = inputs as Record<string, unknown>;
    expect(replayable({ category: "question", subIntent: "", confidence: 1, riskFlags: [], inputs: rest })).toBeNull();
  });
});

describe("the curve behind a slider", () => {
  const past = fc.array(fc.record({ decision: stored, isOverruled: fc.boolean() }), { maxLength: 40 });

  test("says for every threshold what a replay of the topic on auto says", () => {
    fc.assert(
      fc.property(past, policy, hundredths(60, 99), fc.constantFrom(...CATEGORIES), (list, rules, threshold, category) => {
        const inputs = list.map(({ decision, isOverruled }) => ({ input: inputOf(decision), isOverruled }));
        const calmFloor: Policy = { ...rules, thresholds: { ...rules.thresholds, floor: 0.6 } };
        const curve = thresholdCurves(inputs, calmFloor).filter((one) => one.category === category);
        const tried: Policy = {
          ...calmFloor,
          stages: { ...rules.stages, [category]: "auto" },
          categoryThresholds: { ...rules.categoryThresholds, [category]: threshold },
        };
        const sent = inputs.filter(
          ({ input }) =>
            input.automation === null &&
            input.reading.kind === "thought" &&
            input.reading.thought.category === category &&
            replayDecision(input, tried).outcome === "respond",
        );
        expect(answeredAlone(curve, threshold)).toMatchObject({
          answered: sent.length,
          overruled: sent.filter(({ isOverruled }) => isOverruled).length,
        });
      }),
      { numRuns: 300 },
    );
  });

  test("a confidence falls into its own percent, whatever the arithmetic of doubles says", () => {
    for (let percent = 0; percent <= 100; percent += 1) {
      expect(percentOf(percent / 100)).toBe(percent);
    }
  });
});

test("only settings that decide are said to be replayed", () => {
  expect(["stages.question", "thresholds.auto", "limits.automaticRepliesPerClubHour"].every(isReplayed)).toBe(true);
  expect(["agent.name", "replyMaxSentences", "hours.opening"].some(isReplayed)).toBe(false);
});
