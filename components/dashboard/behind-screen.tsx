"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { ArrowLeft, ListX } from "lucide-react";
import Link from "next/link";

import { BehindList } from "#components/dashboard/behind-list.tsx";
import { formatFigure } from "#server/domain/metrics/figure-words.ts";
import { PeriodPicker, usePeriod } from "#components/dashboard/period-picker.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { dashboardPath } from "#components/dashboard/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { METRICS, METRIC_GROUPS, type MetricKey } from "#server/domain/metrics/definitions.ts";
import { periodQuery } from "#server/domain/metrics/period-text.ts";

/** The conversations behind one number. */
export const BehindScreen = ({ metric }: { readonly metric: MetricKey }) => {
  const { slug } = useClub();
  const { period } = usePeriod();
  const { label, sentence } = METRICS[metric];
  return (
    <Page title={label} about={sentence}>
      <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2">
        <Link
          href={dashboardPath(slug, periodQuery(period))}
          className="inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink hover:underline"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          Dashboard
        </Link>
        {metric in METRIC_GROUPS.standing ? null : <PeriodPicker />}
      </div>
      {useMay("report.read") ? <Rows metric={metric} /> : null}
    </Page>
  );
};

const Rows = ({ metric }: { readonly metric: MetricKey }) => {
  const { id: clubId, currency } = useClub();
  const { period } = usePeriod();
  const behind = useInfiniteQuery(
    useTRPC().reports.behind.infiniteQueryOptions({ clubId, period, metric }, { getNextPageParam: (page) => page.nextCursor }),
  );
  const rows = behind.data?.pages.flatMap((page) => page.items) ?? [];
  const total = behind.data?.pages[0]?.totalCount ?? 0;
  const { unit } = METRICS[metric];
  return (
    <>
      {rows.length === 0 ? null : (
        <p role="status" className="mb-2 text-sm text-ink-2 tabular-nums">
          {total === 1 ? "1 entry" : `${total.toLocaleString("en-US")} entries`}
        </p>
      )}
      <Panel label="Behind this number">
        {behind.isPending ? <SkeletonRows count={8} label="Loading conversations" /> : null}
        {behind.isError && behind.data === undefined ? <ErrorState error={behind.error} onRetry={() => void behind.refetch()} /> : null}
        {behind.isSuccess && rows.length === 0 ? (
          <EmptyState icon={<ListX />} title="Nothing in this period">
            There is no conversation behind this number in the period. Try a longer one.
          </EmptyState>
        ) : null}
        {rows.length === 0 ? null : (
          <BehindList rows={rows} formatDetail={(value) => formatFigure(value, { unit: unit === "count" ? "seconds" : unit, currency })} />
        )}
      </Panel>
      {behind.hasNextPage ? (
        <Button className="mt-4 self-center" isBusy={behind.isFetchingNextPage} onClick={() => void behind.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </>
  );
};
