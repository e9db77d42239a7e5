"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Search, UsersRound } from "lucide-react";
import Link from "next/link";
import { debounce, useQueryStates } from "nuqs";

import { useClub, useMay } from "#components/lib/club.tsx";
import { memberImportPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { PeopleTable } from "#components/members/people-table.tsx";
import { memberParams } from "#components/members/search-params.ts";
import { Button, buttonStyles } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { Page, Panel } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { SEGMENTS, type Segment, type SegmentSummary } from "#server/domain/people-view.ts";

/** Long enough that a name is typed, short enough that nobody waits for it. */
const SEARCH_PAUSE_MS = 250;
const PANEL_ID = "people";

const LABELS = {
  members: { label: "Members", nobody: "No members yet" },
  prospects: { label: "Prospects", nobody: "No prospects" },
  green: { label: "New", nobody: "Nobody joined within the last 30 days" },
  pay_per_visit: { label: "Pay per visit", nobody: "Nobody pays per visit" },
  past_due: { label: "Past due", nobody: "Nobody owes anything" },
  past_due_training: { label: "Past due, training", nobody: "Nobody owes for training" },
} as const satisfies Record<Segment, { readonly label: string; readonly nobody: string }>;

/** Everybody the club's systems and tables know, by the groups that campaigns and reminders go to. */
export const MembersScreen = () => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const mayImport = useMay("member.import");
  const [{ segment, search }, setParams] = useQueryStates(memberParams);
  const segments = useQuery(trpc.members.segments.queryOptions({ clubId }));
  const people = useInfiniteQuery(
    trpc.members.list.infiniteQueryOptions(
      { clubId, segment, ...(search === "" ? {} : { search }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const rows = people.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="Members"
      about="Everybody the club's systems know. Somebody whom several systems know is one person here."
      aside={
        mayImport ? (
          <Link href={memberImportPath(slug)} className={buttonStyles({ kind: "secondary" })}>
            Import a table
          </Link>
        ) : null
      }
    >
      <SearchField
        search={search}
        onChange={(text) => void setParams({ search: text }, text === "" ? {} : { limitUrlUpdates: debounce(SEARCH_PAUSE_MS) })}
      />
      <Panel label="People">
        <div className="border-b border-line">
          <Tabs
            label="Groups"
            tabs={tabsOf(segments.data)}
            value={segment}
            panelId={PANEL_ID}
            onChange={(next) => void setParams({ segment: next })}
          />
        </div>
        <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[segment].label}>
          {people.isPending ? <SkeletonRows count={8} label="Loading people" /> : null}
          {people.isError && people.data === undefined ? <ErrorState error={people.error} onRetry={() => void people.refetch()} /> : null}
          {people.isSuccess && rows.length === 0 ? <Nobody segment={segment} search={search} /> : null}
          {rows.length === 0 ? null : <PeopleTable rows={rows} isProspects={segment === "prospects"} />}
        </div>
      </Panel>
      {people.hasNextPage ? (
        <Button className="mt-4 self-center" isBusy={people.isFetchingNextPage} onClick={() => void people.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </Page>
  );
};

const SearchField = ({ search, onChange }: { readonly search: string; readonly onChange: (text: string) => void }) => (
  <div role="search" className="relative mb-4 max-w-96">
    <Search aria-hidden="true" className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3 pointer-coarse:top-3" />
    <Input
      type="search"
      aria-label="Search people"
      placeholder="Search name, phone or e-mail"
      value={search}
      onChange={(event) => onChange(event.target.value)}
      className="pl-8"
    />
  </div>
);

const tabsOf = (summaries: readonly SegmentSummary[] | undefined) =>
  SEGMENTS.map((value) => {
    const count = summaries?.find(({ segment }) => segment === value)?.count ?? 0;
    return {
      value,
      label: LABELS[value].label,
      badge: count === 0 ? null : <span className="font-normal text-ink-3 tabular-nums">{count.toLocaleString("en-US")}</span>,
    };
  });

const Nobody = ({ segment, search }: { readonly segment: Segment; readonly search: string }) =>
  search === "" ? (
    <EmptyState icon={<UsersRound />} title={LABELS[segment].nobody}>
      People come from a connected system twice an hour, or from a table that a manager imports.
    </EmptyState>
  ) : (
    <EmptyState icon={<Search />} title="Nobody found">
      Nobody in “{LABELS[segment].label}” matches “{search}”.
    </EmptyState>
  );
