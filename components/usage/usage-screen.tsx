"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Gauge } from "lucide-react";

import { PeriodPicker, usePeriod } from "#components/dashboard/period-picker.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { BudgetPanel } from "#components/usage/budget-panel.tsx";
import { FranchiseUsage } from "#components/usage/franchise-usage.tsx";
import { PurposeTable } from "#components/usage/purpose-table.tsx";
import { UsageChart } from "#components/usage/usage-chart.tsx";
import { UsageTotals } from "#components/usage/usage-totals.tsx";

/** What the model is used for, what it costs, and what is left of the budget. */
export const UsageScreen = () => (
  <Page title="Usage and budget" about="What Spotter asks the model for, what it costs by the price list, and what is left of the budget.">
    {useMay("report.read") ? (
      <Body />
    ) : (
      <EmptyState icon={<Gauge />} title="For managers and owners">
        Usage and budget are for managers and owners. Ask one of them.
      </EmptyState>
    )}
  </Page>
);

const Body = () => {
  const { id: clubId } = useClub();
  const { period } = usePeriod();
  const usage = useQuery(useTRPC().reports.usage.queryOptions({ clubId, period }, { placeholderData: keepPreviousData }));
  return (
    <div className="flex flex-col gap-8">
      {usage.isPending ? <SkeletonRows count={6} label="Loading usage" /> : null}
      {usage.isError && usage.data === undefined ? <ErrorState error={usage.error} onRetry={() => void usage.refetch()} /> : null}
      {usage.data === undefined ? null : <BudgetPanel usage={usage.data} />}
      <PeriodPicker hasVersions={false} />
      {usage.data === undefined ? null : (
        <>
          <UsageTotals usage={usage.data} />
          {usage.data.totals.callCount === 0 ? (
            <div className="rounded-card border border-line bg-surface">
              <EmptyState icon={<Gauge />} title="No model calls in this period">
                Spotter asked the model nothing. What it answers from the club’s own words costs nothing. Try a longer period.
              </EmptyState>
            </div>
          ) : (
            <>
              <UsageChart usage={usage.data} />
              <PurposeTable usage={usage.data} />
            </>
          )}
        </>
      )}
      <FranchiseUsage period={period} />
    </div>
  );
};
