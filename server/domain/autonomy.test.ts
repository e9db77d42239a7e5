import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { assessAutonomy, AUTONOMY_SCOPES, mayBeEarned, stageIn, stagePathOf, type AutonomyInput } from "./autonomy.ts";
import { POLICY_PATHS } from "./policy.ts";
import { BUILT_IN_POLICY } from "./policy-defaults.ts";
import { STAGES } from "./vocabulary.ts";

const NOW = new Date("2026-11-23T17:00:00.000Z");
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const drafts = (agreed: number, other = 0, at = daysAgo(3)): AutonomyInput["comparisons"] => [
  ...Array.from({ length: agreed }, () => ({ isAgreed: true, at })),
  ...Array.from({ length: other }, () => ({ isAgreed: false, at })),
];
const input = (over: Partial<AutonomyInput> = {}): AutonomyInput => ({
  scope: "category:question",
  stage: "shadow",
  comparisons: drafts(30),
  corrections: [],
  steps: [],
  bars: { minDrafts: 30, agreementRatio: 0.9, demoteAfterCorrections: 3 },
  now: NOW,
  ...over,
});
const kindOf = (over: Partial<AutonomyInput> = {}) => assessAutonomy(input(over)).kind;

describe("a stage is offered", () => {
  test("one step at a time, on enough drafts that agree", () => {
    expect(assessAutonomy(input())).toMatchObject({
      kind: "offer",
      from: "shadow",
      to: "suggest",
      evidence: { draftCount: 30, agreedCount: 30 },
    });
    expect(assessAutonomy(input({ stage: "suggest", comparisons: drafts(27, 3) }))).toMatchObject({ kind: "offer", to: "auto" });
  });

  test.each([
    ["with a draft too few", { comparisons: drafts(29) }],
    ["with agreement below the bar", { comparisons: drafts(26, 4) }],
    ["on drafts that are too old", { comparisons: drafts(30, 0, daysAgo(31)) }],
    ["for what is switched off", { stage: "off" as const }],
    ["where it is automatic already", { stage: "auto" as const }],
    ["for complaints", { scope: "category:complaint" as const }],
    ["for opt-outs", { scope: "category:opt_out" as const }],
    ["for opening doors", { scope: "automation:door_unlock" as const }],
    ["within two weeks of a decline", { steps: [{ status: "declined" as const, at: daysAgo(13) }] }],
    ["within two weeks of a demotion", { steps: [{ status: "demoted" as const, at: daysAgo(13) }] }],
    ["on the drafts that earned the step before", { steps: [{ status: "accepted" as const, at: daysAgo(2) }] }],
    ["while automatic answers are being corrected", { stage: "suggest" as const, corrections: [daysAgo(1), daysAgo(1), daysAgo(2)] }],
  ])("not %s", (_name, over) => {
    expect(kindOf(over)).toBe("none");
  });

  test("again two weeks after a decline, on what was compared meanwhile or before", () => {
    expect(kindOf({ steps: [{ status: "declined", at: daysAgo(14) }] })).toBe("offer");
  });
});

describe("automatic answers are taken back", () => {
  const lost = { stage: "auto" as const, corrections: [daysAgo(1), daysAgo(2), daysAgo(6)] };

  test("after so many corrections within a week", () => {
    expect(assessAutonomy(input(lost))).toMatchObject({ kind: "demote", from: "auto", to: "suggest", evidence: { correctionCount: 3 } });
    expect(kindOf({ ...lost, corrections: [daysAgo(1), daysAgo(2), daysAgo(8)] })).toBe("none");
  });

  test("once for the same corrections, also when somebody gives the stage back at once", () => {
    expect(kindOf({ ...lost, steps: [{ status: "demoted", at: daysAgo(0.5) }] })).toBe("none");
  });
});

const at = fc.integer({ min: 0, max: 40 * 24 }).map((hours) => daysAgo(hours / 24));
const anyInput = fc.record({
  scope: fc.constantFrom(...AUTONOMY_SCOPES),
  stage: fc.constantFrom(...STAGES),
  comparisons: fc.array(fc.record({ isAgreed: fc.boolean(), at }), { maxLength: 40 }),
  corrections: fc.array(at, { maxLength: 6 }),
  steps: fc.array(fc.record({ status: fc.constantFrom("accepted" as const, "declined" as const, "demoted" as const), at }), {
    maxLength: 3,
  }),
  bars: fc.record({
    minDrafts: fc.integer({ min: 5, max: 30 }),
    agreementRatio: fc.double({ min: 0.7, max: 1, noNaN: true }),
    demoteAfterCorrections: fc.integer({ min: 1, max: 5 }),
  }),
  now: fc.constant(NOW),
});

describe("for any history", () => {
  test("nothing is offered without evidence, and only what may be earned, one step up", () => {
    fc.assert(
      fc.property(anyInput, (given) => {
        const verdict = assessAutonomy(given);
        if (verdict.kind === "offer") {
          expect(mayBeEarned(given.scope)).toBe(true);
          expect(STAGES.indexOf(verdict.to)).toBe(STAGES.indexOf(verdict.from) + 1);
          expect(verdict.evidence.draftCount).toBeGreaterThanOrEqual(given.bars.minDrafts);
          expect(verdict.evidence.agreedCount / verdict.evidence.draftCount).toBeGreaterThanOrEqual(given.bars.agreementRatio - 1e-9);
        }
        if (verdict.kind === "demote") {
          expect(given.stage).toBe("auto");
          expect(given.corrections.length).toBeGreaterThanOrEqual(given.bars.demoteAfterCorrections);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test("a draft that agrees never costs an offer, and one that does not never brings one", () => {
    fc.assert(
      fc.property(anyInput, at, (given, when) => {
        const isOffered = (isAgreed: boolean): boolean =>
          assessAutonomy({ ...given, comparisons: [...given.comparisons, { isAgreed, at: when }] }).kind === "offer";
        const before = assessAutonomy(given).kind === "offer";
        expect(before && !isOffered(true)).toBe(false);
        // A disagreement may complete the count of drafts, so it is held against the same number of agreements.
        expect(isOffered(false) && !isOffered(true)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a correction never brings an offer and never saves a stage; higher bars never make either easier", () => {
    fc.assert(
      fc.property(anyInput, at, (given, when) => {
        const more = assessAutonomy({ ...given, corrections: [...given.corrections, when] }).kind;
        const before = assessAutonomy(given).kind;
        expect(before !== "offer" && more === "offer").toBe(false);
        expect(before === "demote" && more !== "demote").toBe(false);
        const stricter = {
          minDrafts: given.bars.minDrafts + 1,
          agreementRatio: 1,
          demoteAfterCorrections: given.bars.demoteAfterCorrections,
        };
        expect(before !== "offer" && assessAutonomy({ ...given, bars: stricter }).kind === "offer").toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("nothing flaps: after a demotion or a decline nothing is offered for two weeks, and nothing is taken twice", () => {
    fc.assert(
      fc.property(
        anyInput,
        fc.double({ min: 0, max: 13.9, noNaN: true }),
        fc.constantFrom("demoted" as const, "declined" as const),
        (given, days, status) => {
          const steps = [...given.steps, { status, at: daysAgo(days) }];
          expect(assessAutonomy({ ...given, steps }).kind).not.toBe("offer");
          const right = { ...given, stage: "auto" as const, steps: [...given.steps, { status: "demoted" as const, at: NOW }] };
          expect(assessAutonomy(right).kind).toBe("none");
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

test("every topic names a setting of the policy and reads its stage there", () => {
  for (const scope of AUTONOMY_SCOPES) {
    expect(POLICY_PATHS).toContain(stagePathOf(scope));
    expect(STAGES).toContain(stageIn(BUILT_IN_POLICY, scope));
  }
});
