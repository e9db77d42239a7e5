import "server-only";

import { csvText } from "#server/domain/csv-text.ts";
import { GROUP_NAMES, METRICS, metricsOf, type Figure, type Unit } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { getReport } from "./get-report.ts";

const HEADERS = [
  "metric",
  "value",
  "of",
  "value_before",
  "of_before",
  "unit",
  "from",
  "until",
  "before_from",
  "before_until",
  "definition",
];

/** How amounts are written, so that a table program can count with them. */
const UNIT_WORDS = {
  count: "number",
  ratio: "share, 0 to 1",
  points: "difference of two shares",
  seconds: "seconds",
  hours: "hours",
  score: "score, 1 to 5",
  money: "minor units of the club's currency",
  cost: "millionths of a US dollar",
  tokens: "tokens",
} as const satisfies Record<Unit, string>;

/** All figures of a period as a table, with what each means. */
export const exportReport = async (ctx: ServiceContext, { period }: { readonly period: Period }): Promise<string> => {
  const rows: string[][] = [];
  for (const group of GROUP_NAMES) {
    const report = await getReport(ctx, { period, group });
    const window = [report.period.from, report.period.until, report.before.from, report.before.until].map((at) => at.toISOString());
    for (const key of metricsOf(group)) {
      const { label, sentence, unit } = METRICS[key];
      const figure = report.figures[key];
      rows.push([label, ...cells(figure?.now), ...cells(figure?.before), UNIT_WORDS[unit], ...window, sentence]);
    }
  }
  return csvText([HEADERS, ...rows]);
};

/** What nobody knows stays empty. */
const cells = (figure: Figure | undefined): readonly [string, string] => [String(figure?.value ?? ""), String(figure?.base ?? "")];
