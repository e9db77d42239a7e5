"use client";

import type { ReactNode } from "react";

import { BreakdownList } from "#components/dashboard/breakdown-list.tsx";
import { FigureList } from "#components/dashboard/figure-list.tsx";
import { useReport } from "#components/dashboard/use-report.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { metricsOf, type MetricGroup, type MetricKey } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";

type ReportPanelProps = {
  readonly title: string;
  readonly group: MetricGroup;
  readonly period: Period;
  readonly metrics?: readonly MetricKey[];
  readonly children?: ReactNode;
};

/** One group of figures with its breakdowns. A group that fails leaves the others alone. */
export const ReportPanel = ({ children, group, metrics = metricsOf(group), period, title }: ReportPanelProps) => {
  const report = useReport(group, period);
  return (
    <section aria-label={title} className="mb-8 flex min-w-0 break-inside-avoid flex-col gap-2">
      <h2 className="text-base font-semibold">{title}</h2>
      <Panel label={`${title}, figures`}>
        {report.isPending ? <SkeletonRows count={metrics.length} label={`Loading ${title.toLowerCase()}`} /> : null}
        {report.isError && report.data === undefined ? <ErrorState error={report.error} onRetry={() => void report.refetch()} /> : null}
        {report.data === undefined ? null : (
          <>
            <FigureList metrics={metrics} figures={report.data.figures} period={period} hasChange={group !== "standing"} />
            {report.data.breakdowns.map((breakdown) => (
              <BreakdownList key={breakdown.title} breakdown={breakdown} />
            ))}
          </>
        )}
        {children}
      </Panel>
    </section>
  );
};
