import { GROUP_NAMES, METRIC_KEYS, type Figure, type MetricKey } from "#server/domain/metrics/definitions.ts";
import { Period, type Window } from "#server/domain/metrics/period.ts";
import { z } from "zod";

export const GetReportInput = z.object({ period: Period, group: z.enum(GROUP_NAMES) });
export const ListBehindInput = z.object({
  period: Period,
  metric: z.enum(METRIC_KEYS),
  /** How many rows are shown already. */
  cursor: z.int().min(0).max(100_000).nullish(),
});
/** Each club has its own versions of the rules, so they are compared over days alone. */
export const PortfolioInput = z.object({ period: Period.refine(({ kind }) => kind !== "version", { error: "compare clubs over days" }) });
export const GetUsageInput = z.object({ period: Period });

export type Compared = { readonly now: Figure; readonly before: Figure };
export type ComparedFigures = Partial<Readonly<Record<MetricKey, Compared>>>;

/** A number along the days of the period; null where a day has none. */
export type Lines = Partial<Readonly<Record<MetricKey, readonly (number | null)[]>>>;

export type Breakdown = { readonly title: string; readonly rows: readonly { readonly label: string; readonly count: number }[] };

/** Drafts of one tenth of confidence: how sure Spotter was, and how often the staff agreed, 0 to 1. */
export type CalibrationStep = { readonly confidence: number; readonly agreed: number; readonly count: number };

export type Report = {
  readonly period: Window;
  readonly before: Window;
  /** Club-calendar days, in step with each of the lines. */
  readonly days: readonly string[];
  readonly figures: ComparedFigures;
  readonly lines: Lines;
  readonly breakdowns: readonly Breakdown[];
  readonly calibration: readonly CalibrationStep[];
};
