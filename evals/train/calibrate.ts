import { RISK_FLAGS, type RiskFlag } from "#server/domain/intent.ts";
import { CATEGORIES } from "#server/domain/categories.ts";
import type { StoredWeights } from "#server/understanding/heads.ts";
import { optOutChance, personChance } from "#server/understanding/judge.ts";
import { isForAPerson } from "./fit-weights.ts";
import { isLookAlike, saysStopByRule } from "./opt-out-cases.ts";
import type { Raw } from "./raw.ts";

const KNOT_COUNT = 14;
/** Nothing is ever certain. */
const MOST_SURE = 0.99;

/** Isotonic regression over stretches of equal count: what a stated chance turned out to be worth. */
export const calibrationOf = (raws: readonly Raw[]): StoredWeights["calibration"] => {
  const told = raws
    .map(({ categories, sample }) => {
      const stated = Math.max(...categories);
      return { stated, isRight: CATEGORIES[categories.indexOf(stated)] === sample.category };
    })
    .toSorted((left, right) => left.stated - right.stated);
  const size = Math.ceil(told.length / KNOT_COUNT);
  const stretches = Array.from({ length: KNOT_COUNT }, (_, place) => told.slice(place * size, (place + 1) * size)).filter(
    ({ length }) => length > 0,
  );
  const knots: { stated: number; right: number; count: number }[] = [];
  for (const stretch of stretches) {
    knots.push({
      stated: mean(stretch.map(({ stated }) => stated)),
      right: mean(stretch.map(({ isRight }) => Number(isRight))),
      count: stretch.length,
    });
    // What would fall while the stated chance rises becomes one level.
    for (let last = knots.length - 1; last > 0 && (knots[last]?.right ?? 0) < (knots[last - 1]?.right ?? 0); last -= 1) {
      const [low, high] = knots.splice(last - 1, 2);
      if (low !== undefined && high !== undefined) {
        const count = low.count + high.count;
        knots.push({
          stated: (low.stated * low.count + high.stated * high.count) / count,
          right: (low.right * low.count + high.right * high.count) / count,
          count,
        });
      }
    }
  }
  const points = knots.map(({ right, stated }) => [round(stated), round(Math.min(MOST_SURE, right))]);
  return [[0, 0], ...points, [1, Math.max(points.at(-1)?.[1] ?? 0, MOST_SURE)]];
};

/** Of the messages that are for a person at least this share is seen as such, on messages the weights had not seen. */
const PERSON_RECALL = 0.98;
/** A look-alike that is suppressed is a member who hears nothing any more: at most this share. */
const FALSE_SUPPRESSION_SHARE = 0.05;
/** Of the opt-outs at least this share is acted on or asked about. */
const OPT_OUT_RECALL = 0.99;

export const thresholdsOf = (raws: readonly Raw[]): StoredWeights["thresholds"] => {
  const risks = Object.fromEntries(RISK_FLAGS.map((flag) => [flag, riskThreshold(raws, flag)]));
  return { risks, needsPerson: needsPersonThreshold(raws), ...optOutThresholds(raws) };
};

/** A flag missed costs the club more than one raised in vain costs a person: recall counts twice as much as precision (F2). */
const riskThreshold = (raws: readonly Raw[], flag: RiskFlag): number => {
  const scored = STEPS.map((threshold) => {
    const raised = raws.filter(({ matters }) => matters.risks[flag] >= threshold);
    const right = raised.filter(({ sample }) => sample.riskFlags.includes(flag)).length;
    const all = raws.filter(({ sample }) => sample.riskFlags.includes(flag)).length;
    return { threshold, score: (5 * right) / Math.max(1, 4 * all + raised.length) };
  });
  return scored.toSorted((left, right) => right.score - left.score || right.threshold - left.threshold)[0]?.threshold ?? 0;
};

/** 0.01 to 0.95. */
const STEPS = Array.from({ length: 95 }, (_, step) => (step + 1) / 100);

const needsPersonThreshold = (raws: readonly Raw[]): number =>
  floor3(quantile(raws.filter(({ sample }) => isForAPerson(sample)).map(personChance), 1 - PERSON_RECALL));

const optOutThresholds = (raws: readonly Raw[]): { optOutCertain: number; optOutPossible: number } => {
  const wishes = raws.filter(({ sample }) => sample.category === "opt_out");
  const lookAlikes = raws.filter(({ sample }) => isLookAlike(sample));
  const isSeen = (raw: Raw, threshold: number): boolean => saysStopByRule(raw.sample.text) || optOutChance(raw) >= threshold;
  const falseShare = (threshold: number): number =>
    lookAlikes.filter((raw) => isSeen(raw, threshold)).length / Math.max(1, lookAlikes.length);
  const optOutCertain = STEPS.find((threshold) => falseShare(threshold) <= FALSE_SUPPRESSION_SHARE) ?? STEPS.at(-1) ?? 1;
  const chances = wishes.map((raw) => (saysStopByRule(raw.sample.text) ? 1 : optOutChance(raw)));
  return {
    optOutCertain,
    optOutPossible: Math.min(optOutCertain, Math.max(LEAST_POSSIBLE, floor3(quantile(chances, 1 - OPT_OUT_RECALL)))),
  };
};

/** Below this every second message would sound like an opt-out. */
const LEAST_POSSIBLE = 0.01;

/** The value below which the share of all values lies. */
const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((left, right) => left - right)[Math.floor(values.length * share)] ?? 0;

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const round = (value: number): number => Math.round(value * 10_000) / 10_000;
const floor3 = (value: number): number => Math.floor(value * 1_000) / 1_000;
