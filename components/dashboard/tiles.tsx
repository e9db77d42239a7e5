"use client";

import { Tile } from "#components/dashboard/tile.tsx";
import { useReport } from "#components/dashboard/use-report.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { MetricGroup, MetricKey } from "#server/domain/metrics/definitions.ts";
import type { Period } from "#server/domain/metrics/period.ts";

const TILES = [
  { metric: "conversations", group: "answering" },
  { metric: "auto_share", group: "answering" },
  { metric: "durable_agent", group: "settling" },
  { metric: "first_response_agent", group: "response" },
  { metric: "hours_saved", group: "answering" },
  { metric: "dues_recovered", group: "outreach" },
  { metric: "satisfaction_agent", group: "quality" },
  { metric: "cost", group: "machine" },
] as const satisfies readonly { readonly metric: MetricKey; readonly group: MetricGroup }[];

/** The numbers that are read first. */
export const Tiles = ({ period }: { readonly period: Period }) => (
  <ul
    aria-label="Figures at a glance"
    className="grid grid-cols-2 gap-px overflow-hidden rounded-card border border-line bg-line lg:grid-cols-4"
  >
    {TILES.map(({ group, metric }) => (
      <ReportTile key={metric} group={group} metric={metric} period={period} />
    ))}
  </ul>
);

type ReportTileProps = { readonly metric: MetricKey; readonly group: MetricGroup; readonly period: Period };

const ReportTile = ({ group, metric, period }: ReportTileProps) => {
  const report = useReport(group, period);
  const figure = report.data?.figures[metric];
  if (report.isError && report.data === undefined) {
    return (
      <li className="bg-surface">
        <ErrorState error={report.error} onRetry={() => void report.refetch()} />
      </li>
    );
  }
  if (figure === undefined) {
    return (
      <li className="flex h-31 flex-col gap-2 bg-surface p-4">
        <Skeleton className="h-3 w-1/2" />
        <Skeleton className="h-7 w-2/3" />
      </li>
    );
  }
  return <Tile metric={metric} figure={figure} line={report.data?.lines[metric]} period={period} />;
};
