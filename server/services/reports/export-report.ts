import "server-only";

import { csvText } from "#server/domain/csv-text.ts";
import { GROUP_NAMES, METRICS, metricsOf } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { figureCells, UNIT_WORDS } from "./figure-cells.ts";
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

/** All figures of a period as a table, with what each means. */
export const exportReport = async (ctx: ServiceContext, { period }: { readonly period: Period }): Promise<string> => {
  const rows: string[][] = [];
  for (const group of GROUP_NAMES) {
    const report = await getReport(ctx, { period, group });
    const window = [report.period.from, report.period.until, report.before.from, report.before.until].map((at) => at.toISOString());
    for (const key of metricsOf(group)) {
      const { label, sentence, unit } = METRICS[key];
      const figure = report.figures[key];
      rows.push([label, ...figureCells(figure?.now), ...figureCells(figure?.before), UNIT_WORDS[unit], ...window, sentence]);
    }
  }
  return csvText([HEADERS, ...rows]);
};
