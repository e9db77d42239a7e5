"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Search, Wallet } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { lazy, Suspense } from "react";

import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { PastDueFilters } from "#components/past-due/past-due-filters.tsx";
import { PastDueTable } from "#components/past-due/past-due-table.tsx";
import { listChoice, pastDueParams } from "#components/past-due/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { idSchema } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";

const DebtSheet = lazy(async () => ({ default: (await import("#components/past-due/debt-sheet.tsx")).DebtSheet }));

/** Everybody who owes, what Spotter does about it, and what a person may do instead. */
export const PastDueScreen = () => {
  const { id: clubId, slug } = useClub();
  const [params, setParams] = useQueryStates(pastDueParams);
  const people = useInfiniteQuery(
    useTRPC().pastDue.list.infiniteQueryOptions(
      { clubId, ...listChoice(params) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const [first] = people.data?.pages ?? [];
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  const person = idSchema("contact").safeParse(params.person);
  return (
    <Page
      title="Past due"
      about="Everybody who owes something now: what comes next by itself, what stands in its way, and how the door stands."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      <PastDueFilters counts={first?.totals.byState} />
      {first === undefined ? null : (
        <p role="status" className="mb-3 text-sm text-ink-2 tabular-nums">
          {first.totals.count.toLocaleString("en-US")} {first.totals.count === 1 ? "person owes" : "people owe"}{" "}
          <span className="font-semibold text-ink">{formatMoney(first.totals.dueMinor, first.totals.currency)}</span> together
          {first.count === first.totals.count ? "." : `; ${first.count.toLocaleString("en-US")} of them shown.`}
          {first.totals.isCutOff ? " There are more than this page can look at." : ""}
        </p>
      )}
      <Panel label="People who owe">
        {people.isPending ? <SkeletonRows count={8} label="Loading people who owe" /> : null}
        {people.isError && people.data === undefined ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
        {people.isSuccess && rows.length === 0 ? <Nobody isFiltered={(first?.totals.count ?? 0) > 0} /> : null}
        {rows.length === 0 ? null : <PastDueTable rows={rows} />}
      </Panel>
      {people.hasNextPage ? (
        <Button className="mt-4 self-center" isBusy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
      {person.success ? (
        <Suspense fallback={null}>
          <DebtSheet contactId={person.data} onClose={() => void setParams({ person: null })} />
        </Suspense>
      ) : null}
    </Page>
  );
};

const Nobody = ({ isFiltered }: { readonly isFiltered: boolean }) =>
  isFiltered ? (
    <EmptyState icon={<Search />} title="Nobody found">
      Nobody who owes fits what you are looking for. Change the search or a filter.
    </EmptyState>
  ) : (
    <EmptyState icon={<Wallet />} title="Nobody owes anything">
      Balances are read twice an hour from the club’s systems. Whoever owes appears here.
    </EmptyState>
  );
