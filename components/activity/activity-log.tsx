"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, Search } from "lucide-react";
import { useQueryStates } from "nuqs";

import { ActivityTable } from "#components/activity/activity-table.tsx";
import { ActivityToolbar } from "#components/activity/activity-toolbar.tsx";
import { LedgerCheck } from "#components/activity/ledger-check.tsx";
import { activityFilterOf, activityParams, isNarrowed } from "#components/activity/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** The agent's ledger, newest first: also what it decided not to do. */
export const ActivityLog = () => {
  const { id: clubId } = useClub();
  const [params] = useQueryStates(activityParams);
  const filter = activityFilterOf(params);
  const log = useInfiniteQuery(
    useTRPC().aiActions.list.infiniteQueryOptions(
      { clubId, ...filter },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const rows = log.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Activity"
      about="Every decision of Spotter, also the decision not to act. Rows are only ever added; each one seals the row before it."
      aside={<LedgerCheck />}
    >
      <ActivityToolbar />
      {log.isPending ? <SkeletonRows count={6} label="Loading activity" /> : null}
      {log.isError && log.data === undefined ? <ErrorState error={log.error} onRetry={() => void log.refetch()} /> : null}
      {log.isSuccess && rows.length === 0 ? <Nothing isNarrowed={isNarrowed(filter)} /> : null}
      {rows.length === 0 ? null : (
        <Panel label="Ledger">
          <ActivityTable rows={rows} />
        </Panel>
      )}
      {log.hasNextPage ? (
        <Button className="mt-4 self-center" isBusy={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </Page>
  );
};

const Nothing = ({ isNarrowed: isFiltered }: { readonly isNarrowed: boolean }) =>
  isFiltered ? (
    <EmptyState icon={<Search />} title="No row fits">
      Take a condition away, or ask for other days.
    </EmptyState>
  ) : (
    <EmptyState icon={<ScrollText />} title="No activity yet">
      With the first message that reaches this club, what Spotter decided and why appears here.
    </EmptyState>
  );
