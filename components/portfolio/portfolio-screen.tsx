"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Building2, Download } from "lucide-react";

import { PeriodPicker, usePeriod } from "#components/dashboard/period-picker.tsx";
import { portfolioFilePath } from "#components/dashboard/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { PortfolioTable } from "#components/portfolio/portfolio-table.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { DEFAULT_PERIOD, periodQuery } from "#server/domain/metrics/period-text.ts";
import type { Period } from "#server/domain/metrics/period.ts";

/** All clubs of a person side by side, over all their franchises. */
export const PortfolioScreen = () => {
  const { period: asked } = usePeriod();
  // A version of one club's rules means nothing in another.
  const period = asked.kind === "version" ? DEFAULT_PERIOD : asked;
  const clubs = useQuery(useTRPC().reports.portfolio.queryOptions({ period }, { placeholderData: keepPreviousData }));
  return (
    <Page
      title="All clubs"
      about="Your clubs side by side, each on its own calendar and beside its own period before."
      aside={clubs.data === undefined || clubs.data.length === 0 ? null : <FileLink period={period} />}
    >
      <div className="mb-4">
        <PeriodPicker hasVersions={false} />
      </div>
      <Panel label="Clubs">
        {clubs.isPending ? <SkeletonRows count={5} label="Loading clubs" /> : null}
        {clubs.isError && clubs.data === undefined ? <ErrorState error={clubs.error} onRetry={() => void clubs.refetch()} /> : null}
        {clubs.data?.length === 0 ? (
          <EmptyState icon={<Building2 />} title="For managers and owners">
            The figures of a club are for its managers and owners. Ask one of them.
          </EmptyState>
        ) : null}
        {clubs.data === undefined || clubs.data.length === 0 ? null : <PortfolioTable clubs={clubs.data} period={period} />}
      </Panel>
    </Page>
  );
};

const FileLink = ({ period }: { readonly period: Period }) => (
  <a href={portfolioFilePath(periodQuery(period))} download className={buttonStyles({ kind: "secondary" })}>
    <Download aria-hidden="true" />
    Download CSV
  </a>
);
