"use client";

import type { RowSelectionState } from "@tanstack/react-table";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Search, UsersRound } from "lucide-react";
import Link from "next/link";
import { useQueryStates } from "nuqs";
import { useMemo, useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { rowsOf, type PageShape } from "#components/lib/long-list.ts";
import { memberImportPath } from "#components/lib/paths.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useLongList } from "#components/lib/use-long-list.ts";
import { ActiveFilters, MembersToolbar } from "#components/members/members-toolbar.tsx";
import { PeopleTable } from "#components/members/people-table.tsx";
import { SEGMENT_WORDS } from "#components/members/people-words.ts";
import { filterOf, memberParams } from "#components/members/search-params.ts";
import { SelectionBar } from "#components/members/selection-bar.tsx";
import { buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { PeopleFilter } from "#server/domain/people-filter.ts";
import { SEGMENTS, type PeoplePage, type SegmentSummary } from "#server/domain/people-view.ts";

const PANEL_ID = "people";
const NONE: RowSelectionState = {};

/** Everybody the club's systems and tables know, by the groups that campaigns and reminders go to. */
export const MembersScreen = () => {
  const [params, setParams] = useQueryStates(memberParams);
  const filter = filterOf(params);
  const [selection, setSelection] = useState(NONE);
  const { onNearEnd, onSight, people, rows, segments } = usePeople(filter);
  const { label, who } = SEGMENT_WORDS[params.segment];
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Head />
      <MembersToolbar />
      <div className="border-y border-line bg-surface">
        <Tabs
          label="Groups"
          tabs={tabsOf(segments.data)}
          value={params.segment}
          panelId={PANEL_ID}
          onChange={(segment) => {
            setSelection(NONE);
            void setParams({ segment });
          }}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={label} className="flex min-h-0 flex-1 flex-col bg-surface">
        <p className="border-b border-line px-4 py-1.5 text-xs text-ink-3">{who}</p>
        <ActiveFilters />
        {people.isPending ? <SkeletonRows count={8} label="Loading people" /> : null}
        {people.isError && people.data === undefined ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
        {people.isSuccess && rows.length === 0 ? <Nobody filter={filter} /> : null}
        {rows.length === 0 ? null : (
          <PeopleTable
            rows={rows}
            isProspects={params.segment === "prospects"}
            columns={params.columns}
            sort={params.sort}
            direction={params.direction}
            onSort={(sort, direction) => void setParams({ sort, direction })}
            selection={selection}
            onSelect={setSelection}
            onNearEnd={onNearEnd}
            onSight={onSight}
          />
        )}
        <SelectionBar
          filter={filter}
          shownCount={rows.length}
          hasMore={people.hasNextPage}
          selectedIds={rows.map(({ id }) => id).filter((id) => selection[id] === true)}
          onClear={() => setSelection(NONE)}
        />
      </div>
    </div>
  );
};

const usePeople = (filter: PeopleFilter) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const segments = useQuery(trpc.members.segments.queryOptions({ clubId }));
  const options = trpc.members.list.infiniteQueryOptions(
    { clubId, ...filter },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const { onSight, queryFn } = useLongList({
    queryKey: options.queryKey,
    shape: PEOPLE_PAGES,
    fetchPage: (cursor: string | null, { signal, until = null }) =>
      client.members.list.query({ clubId, ...filter, cursor, until }, { signal }),
  });
  const people = useInfiniteQuery({ ...options, queryFn: ({ pageParam, signal }) => queryFn({ pageParam: pageParam ?? null, signal }) });
  const { pageOf, rows } = useMemo(() => rowsOf(people.data?.pages.map(({ items }) => items) ?? []), [people.data]);
  const onNearEnd = () => {
    // A page that is read again must not be given up for one that is read ahead.
    if (people.hasNextPage && !people.isFetching && !people.isError) {
      void people.fetchNextPage();
    }
  };
  return {
    onNearEnd,
    onSight: (first: number, last: number) => onSight(pageOf[first] ?? 0, pageOf[last] ?? 0),
    people,
    rows,
    segments,
  };
};

/** The server stops where the next known page begins, so that only what came in between makes a page longer. */
const PEOPLE_PAGES: PageShape<PeoplePage, string | null> = {
  nextOf: ({ nextCursor }) => nextCursor,
  isReaching: ({ nextCursor }) => nextCursor === null,
  join: (read, next) => ({ items: read.flatMap(({ items }) => items), nextCursor: next }),
};

const Head = () => {
  const { slug } = useClub();
  const mayImport = useMay("member.import");
  return (
    <header className="flex flex-wrap items-end justify-between gap-3 px-4 pt-4 pb-3 md:pt-6">
      <div>
        <h1 className="text-xl font-semibold">Members</h1>
        <p className="mt-1 max-w-[72ch] text-sm text-pretty text-ink-2 max-md:sr-only">
          Everybody the club&apos;s systems know. Somebody whom several systems know is one person here.
        </p>
      </div>
      {mayImport ? (
        <Link href={memberImportPath(slug)} className={buttonStyles({ kind: "secondary" })}>
          Import a table
        </Link>
      ) : null}
    </header>
  );
};

const tabsOf = (summaries: readonly SegmentSummary[] | undefined) =>
  SEGMENTS.map((value) => {
    const count = summaries?.find(({ segment }) => segment === value)?.count ?? 0;
    return {
      value,
      label: SEGMENT_WORDS[value].label,
      badge: count === 0 ? null : <span className="font-normal text-ink-3 tabular-nums">{count.toLocaleString("en-US")}</span>,
    };
  });

const Nobody = ({ filter: { noVisitDays, owesMinor, search, segment, statuses } }: { readonly filter: PeopleFilter }) => {
  const { label, nobody } = SEGMENT_WORDS[segment];
  if (search !== "") {
    return (
      <EmptyState icon={<Search />} title="Nobody found">
        Nobody in “{label}” matches “{search}”.
      </EmptyState>
    );
  }
  const isNarrowed = statuses.length > 0 || noVisitDays !== null || owesMinor !== null;
  return (
    <EmptyState icon={<UsersRound />} title={isNarrowed ? "Nobody fits the filter" : nobody}>
      {isNarrowed
        ? `Take a condition away, or look in another group than “${label}”.`
        : "People come from a connected system twice an hour, or from a table that a manager imports."}
    </EmptyState>
  );
};
