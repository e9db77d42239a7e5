import { CATEGORIES } from "./categories.ts";
import type { Category } from "./intent.ts";
import { POLICY_BOUNDS } from "./policy-defaults.ts";
import type { Policy } from "./policy.ts";
import { replayDecision } from "./replay.ts";
import type { ReplayInput } from "./replay.ts";

/** Decisions of one confidence, in whole percent rounded down. */
export type CurveBucket = {
  readonly percent: number;
  readonly count: number;
  /** Of these, how many would go out alone were the threshold low enough and the topic on auto. */
  readonly answerable: number;
  /** Of the answerable ones, how many staff later corrected, rejected or answered otherwise. */
  readonly overruled: number;
};

/** How sure the agent was on one topic, and what a threshold makes of it. */
export type ThresholdCurve = { readonly category: Category; readonly total: number; readonly buckets: readonly CurveBucket[] };

type Past = { readonly input: ReplayInput; readonly isOverruled: boolean };

/**
 * One curve per topic. Everything but stage and thresholds is taken from the policy: a message that a limit or a guard
 * held back is not answered at any threshold.
 */
export const thresholdCurves = (past: readonly Past[], policy: Policy): readonly ThresholdCurve[] => {
  const lowest = openedUp(policy);
  const buckets = new Map<Category, Map<number, CurveBucket>>(CATEGORIES.map((category) => [category, new Map()]));
  for (const { input, isOverruled } of past) {
    if (input.reading.kind !== "thought" || input.automation !== null || !input.isNewest) {
      continue;
    }
    const { category, confidence } = input.reading.thought;
    const percent = percentOf(confidence);
    // Below the floor nothing is answered, so the question is asked of the same message at full confidence.
    const sure: Past["input"] = { ...input, reading: { ...input.reading, thought: { ...input.reading.thought, confidence: 1 } } };
    const isAnswerable = replayDecision(sure, lowest).outcome === "respond";
    const row = buckets.get(category);
    const sofar = row?.get(percent) ?? { percent, count: 0, answerable: 0, overruled: 0 };
    row?.set(percent, {
      percent,
      count: sofar.count + 1,
      answerable: sofar.answerable + (isAnswerable ? 1 : 0),
      overruled: sofar.overruled + (isAnswerable && isOverruled ? 1 : 0),
    });
  }
  return CATEGORIES.map((category) => {
    const list = [...(buckets.get(category)?.values() ?? [])].toSorted((left, right) => left.percent - right.percent);
    return { category, total: list.reduce((sum, { count }) => sum + count, 0), buckets: list };
  });
};

/** A double such as 0.57 times 100 falls a hair short of 57. */
const ROUNDING = 1e-9;
export const percentOf = (confidence: number): number => Math.floor(Math.min(1, Math.max(0, confidence)) * 100 + ROUNDING);

const openedUp = (policy: Policy): Policy => ({
  ...policy,
  stages: Object.fromEntries(CATEGORIES.map((category) => [category, "auto"])) as Policy["stages"],
  thresholds: { auto: POLICY_BOUNDS.auto.min, floor: POLICY_BOUNDS.floor.min },
  categoryThresholds: Object.fromEntries(CATEGORIES.map((category) => [category, null])) as Policy["categoryThresholds"],
});

export type AnsweredAlone = { readonly answered: number; readonly total: number; readonly overruled: number };

/** What would have gone out alone at a threshold. @param threshold in whole hundredths, as the slider moves; equal sends */
export const answeredAlone = (curves: readonly ThresholdCurve[], threshold: number): AnsweredAlone => {
  const least = percentOf(threshold);
  const sum = { answered: 0, total: 0, overruled: 0 };
  for (const { total, buckets } of curves) {
    sum.total += total;
    for (const bucket of buckets) {
      if (bucket.percent >= least) {
        sum.answered += bucket.answerable;
        sum.overruled += bucket.overruled;
      }
    }
  }
  return sum;
};
