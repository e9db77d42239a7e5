"use client";

import { ChangeMark } from "#components/dashboard/change-mark.tsx";
import { baseText, changeOf, formatFigure } from "#server/domain/metrics/figure-words.ts";
import { MetricLink } from "#components/dashboard/metric-link.tsx";
import { useClub } from "#components/lib/club.tsx";
import { METRICS, type MetricKey } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";

import type { ComparedFigures } from "./report-types.ts";

type FigureListProps = {
  readonly metrics: readonly MetricKey[];
  readonly figures: ComparedFigures;
  readonly period: Period;
  readonly hasChange: boolean;
};

/** Numbers below each other, each a way to what stands behind it. */
export const FigureList = ({ figures, hasChange, metrics, period }: FigureListProps) => {
  const { currency } = useClub();
  return (
    <ul>
      {metrics.map((metric) => {
        const definition = METRICS[metric];
        const figure = figures[metric];
        if (figure === undefined) {
          return null;
        }
        return (
          <li key={metric} className="border-b border-line last:border-b-0">
            <MetricLink
              metric={metric}
              period={period}
              className="flex min-h-10 flex-wrap items-baseline gap-x-3 px-4 py-2.5 text-sm focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1">{definition.label}</span>
              <span className="text-xs text-ink-3 tabular-nums max-sm:hidden">{baseText(definition.unit, figure.now)}</span>
              <span className="min-w-16 text-right font-semibold tabular-nums">
                {formatFigure(figure.now.value, { unit: definition.unit, currency })}
              </span>
              {hasChange ? (
                <span className="w-24 text-right">
                  <ChangeMark change={changeOf(definition, figure.now, figure.before)} isShort />
                </span>
              ) : null}
            </MetricLink>
          </li>
        );
      })}
    </ul>
  );
};
