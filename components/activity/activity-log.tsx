"use client";

import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { ScrollText, Search } from "lucide-react";
import { useQueryStates } from "nuqs";

import { ActivityTable } from "#components/activity/activity-table.tsx";
import { ActivityToolbar } from "#components/activity/activity-toolbar.tsx";
import { LedgerCheck } from "#components/activity/ledger-check.tsx";
import { activityFilterOf, activityParams, isNarrowed } from "#components/activity/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { rowsOf, type PageShape } from "#components/lib/long-list.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useLongList } from "#components/lib/use-long-list.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { ActivityFilter } from "#server/domain/activity-filter.ts";
import type { ActionRow } from "#server/domain/inbox-view.ts";

/** The agent's ledger, newest first: also what it decided not to do. */
export const ActivityLog = () => {
  const [params] = useQueryStates(activityParams);
  const filter = activityFilterOf(params);
  const log = useLedger(filter);
  const { rows } = rowsOf(log.data?.pages.map(({ items }) => items) ?? []);
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

/** What is written stays as it is, so that of a ledger that was read far down only what is new is read for a piece of news. */
const useLedger = (filter: ActivityFilter) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const options = useTRPC().aiActions.list.infiniteQueryOptions(
    { clubId, ...filter },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const { queryFn } = useLongList({
    queryKey: options.queryKey,
    shape: LEDGER_PAGES,
    fetchPage: async (cursor: string | null, { signal, until }) => {
      const page: LedgerPage = await client.aiActions.list.query({ clubId, ...filter, cursor }, { signal });
      const known = cursor === null && until !== undefined ? queryClient.getQueryData(options.queryKey)?.pages[0] : undefined;
      return known === undefined ? page : onTopOf(known, page);
    },
  });
  return useInfiniteQuery({ ...options, queryFn: ({ pageParam, signal }) => queryFn({ pageParam: pageParam ?? null, signal }) });
};

type LedgerPage = { readonly items: readonly ActionRow[]; readonly nextCursor: string | null };

/** A page of new rows before the known ones, where it reaches them. */
const onTopOf = (known: LedgerPage, page: LedgerPage): LedgerPage => {
  const newest = BigInt(known.items[0]?.sequence ?? 0);
  const items = page.items.filter(({ sequence }) => BigInt(sequence) > newest);
  return items.length === page.items.length ? page : { ...known, items: [...items, ...known.items] };
};

/** The next page begins after the row whose number it is asked with. */
const LEDGER_PAGES: PageShape<LedgerPage, string | null> = {
  nextOf: ({ nextCursor }) => nextCursor,
  isReaching: ({ items }, next) => BigInt(items.at(-1)?.sequence ?? 0) <= BigInt(next ?? 0),
  join: (read, next) => ({
    items: read.flatMap(({ items }) => items).filter(({ sequence }) => BigInt(sequence) >= BigInt(next ?? 0)),
    nextCursor: next,
  }),
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
