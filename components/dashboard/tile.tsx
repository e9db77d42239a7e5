"use client";

import { ChangeMark } from "#components/dashboard/change-mark.tsx";
import { baseText, changeOf, formatFigure } from "#server/domain/metrics/figure-words.ts";
import { MetricLink } from "#components/dashboard/metric-link.tsx";
import { SparkLine } from "#components/dashboard/spark-line.tsx";
import { useClub } from "#components/lib/club.tsx";
import { METRICS, type Figure, type MetricKey } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";

type TileProps = {
  readonly metric: MetricKey;
  readonly figure: { readonly now: Figure; readonly before: Figure };
  readonly line: readonly (number | null)[] | undefined;
  readonly period: Period;
};

/** One number of the first line. */
export const Tile = ({ figure: { before, now }, line, metric, period }: TileProps) => {
  const { currency } = useClub();
  const definition = METRICS[metric];
  return (
    <li className="min-w-0 bg-surface">
      <MetricLink metric={metric} period={period} className="flex h-full flex-col gap-1 p-4 focus-visible:-outline-offset-2">
        <span className="truncate text-xs text-ink-2">{definition.label}</span>
        <span className="flex flex-wrap items-baseline gap-x-2">
          <span className="text-2xl font-semibold tabular-nums">{formatFigure(now.value, { unit: definition.unit, currency })}</span>
          <span className="text-xs text-ink-3 tabular-nums">{baseText(definition.unit, now)}</span>
        </span>
        <ChangeMark change={changeOf(definition, now, before)} />
        {line === undefined ? <span className="h-7" /> : <SparkLine values={line} />}
      </MetricLink>
    </li>
  );
};
