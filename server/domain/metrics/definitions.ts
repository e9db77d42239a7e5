import { ANSWERING, QUALITY, RESPONSE, SETTLING } from "./answer-definitions.ts";
import { MACHINE, OUTREACH, STANDING } from "./work-definitions.ts";

/** What a number counts in. `ratio` is 0 to 1, `points` a difference of two ratios, `cost` millionths of a US dollar, `money` minor units. */
export type Unit = "count" | "ratio" | "points" | "seconds" | "hours" | "score" | "money" | "cost" | "tokens";

export type MetricDefinition = {
  readonly label: string;
  /** What exactly is counted, in one sentence; people read it beside the number. */
  readonly sentence: string;
  readonly unit: Unit;
  /** Which way is good news. */
  readonly better: "up" | "down" | "neither";
  /** The conversations behind it can be listed. */
  readonly hasList: boolean;
};

/** Each group is read by one file of `services/reports`. */
export const METRIC_GROUPS = {
  answering: ANSWERING,
  response: RESPONSE,
  settling: SETTLING,
  quality: QUALITY,
  outreach: OUTREACH,
  machine: MACHINE,
  standing: STANDING,
} as const satisfies Record<string, Record<string, MetricDefinition>>;

export const METRICS = {
  ...ANSWERING,
  ...RESPONSE,
  ...SETTLING,
  ...QUALITY,
  ...OUTREACH,
  ...MACHINE,
  ...STANDING,
} as const satisfies Record<string, MetricDefinition>;

export type MetricGroup = keyof typeof METRIC_GROUPS;
export type MetricKey = keyof typeof METRICS;

export const METRIC_KEYS = Object.keys(METRICS) as readonly MetricKey[];
export const GROUP_NAMES = Object.keys(METRIC_GROUPS) as readonly MetricGroup[];

export const metricsOf = (group: MetricGroup): readonly MetricKey[] => Object.keys(METRIC_GROUPS[group]) as readonly MetricKey[];

/** A number with what it is of. `value` null: nothing was stored from which it could be known. */
export type Figure = { readonly value: number | null; readonly base: number | null };

export const NO_FIGURE: Figure = { value: null, base: null };

/** A part over a whole; nothing of nothing is no number. */
export const share = (part: number, whole: number): Figure => ({ value: whole === 0 ? null : part / whole, base: whole });

export const counted = (value: number): Figure => ({ value, base: null });

export type Trend = "better" | "worse" | "same" | "unknown";

/** What a change means, never mind how large it is. */
export const trendOf = (better: MetricDefinition["better"], now: number | null, before: number | null): Trend => {
  if (now === null || before === null || better === "neither") {
    return "unknown";
  }
  if (now === before) {
    return "same";
  }
  return now > before === (better === "up") ? "better" : "worse";
};
