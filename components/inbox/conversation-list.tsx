"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleCheck, Inbox, ListFilter, Moon, Search, UserRound } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback, useRef } from "react";
import type { ReactNode } from "react";

import { LeftAtClosing } from "#components/closings/left-at-closing.tsx";
import { InboxAnnouncer } from "#components/inbox/inbox-announcer.tsx";
import { ActiveFilters, FilterButton } from "#components/inbox/filters.tsx";
import { inboxAddress, inboxParams, listQueryOf, type ListQuery } from "#components/inbox/search-params.ts";
import { useConversationList } from "#components/inbox/use-conversation-list.ts";
import { VirtualRows } from "#components/inbox/virtual-rows.tsx";
import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { typedSearch } from "#components/lib/typed-search.ts";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { Count } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { InboxCounts, InboxView } from "#server/domain/inbox-view.ts";
import { INBOX_VIEWS } from "#server/domain/inbox-view.ts";

const LIST_ID = "conversation-list";

const VIEWS = {
  needs_you: { label: "Needs you", name: "Needs you" },
  agent: { label: "Spotter", name: "Spotter is handling" },
  mine: { label: "Mine", name: "Mine" },
  all: { label: "All", name: "All open" },
  snoozed: { label: "Snoozed", name: "Snoozed" },
  resolved: { label: "Resolved", name: "Resolved" },
} as const satisfies Record<InboxView, { label: string; name: string }>;

export const ConversationList = ({ className }: { readonly className: string }) => {
  const [params, setParams] = useQueryStates(inboxParams);
  const { conversation, view } = params;
  const query = listQueryOf(params);
  const { list, loadMore, onSight, rows } = useConversationList(query);
  const open = useCallback((id: Id<"conversation">) => void setParams({ conversation: id }, { history: "push" }), [setParams]);
  return (
    <section
      aria-label="Conversations"
      className={cn("flex h-full w-full shrink-0 flex-col border-r border-line bg-surface md:w-85", className)}
    >
      <SearchField />
      <ActiveFilters />
      {query.view === "history" ? <HistoryLine /> : <Views />}
      <div
        id={LIST_ID}
        role="tabpanel"
        aria-label={query.view === "history" ? "Found" : VIEWS[view].name}
        aria-busy={list.isFetching}
        className="flex min-h-0 flex-1 flex-col border-t border-line"
      >
        {view === "needs_you" && query.view !== "history" ? (
          <div className="max-h-1/2 shrink-0 overflow-y-auto px-3 py-2 empty:hidden">
            <LeftAtClosing />
          </div>
        ) : null}
        {list.isPending ? <SkeletonRows count={7} label="Loading conversations" /> : null}
        {list.isError && list.data === undefined ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? <NothingHere view={view} query={query} /> : null}
        {rows.length === 0 ? null : (
          <VirtualRows
            rows={rows}
            selectedId={conversation}
            hrefOf={(id) => inboxAddress({ ...params, conversation: id })}
            onOpen={open}
            onNearEnd={loadMore}
            onSight={onSight}
          />
        )}
        {list.isFetchingNextPage ? <p className="border-t border-line px-4 py-2 text-xs text-ink-3">Loading more</p> : null}
      </div>
      <InboxAnnouncer key={JSON.stringify(query)} rows={list.isPlaceholderData ? [] : rows} />
    </section>
  );
};

const HistoryLine = () => (
  <p className="flex h-9 items-center px-4 text-xs text-ink-3 pointer-coarse:h-11">The whole history, resolved conversations too</p>
);

const Views = () => {
  const { id: clubId } = useClub();
  const [{ view }, setParams] = useQueryStates(inboxParams);
  const counts = useQuery(useTRPC().conversations.counts.queryOptions({ clubId }));
  return (
    <Tabs label="Views" tabs={tabsOf(counts.data)} value={view} panelId={LIST_ID} onChange={(next) => void setParams({ view: next })} />
  );
};

const SearchField = () => {
  const [{ search }, setParams] = useQueryStates(inboxParams);
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": { label: "Search conversations", run: () => field.current?.focus() } });
  return (
    <div role="search" className="relative flex gap-1 px-3 pt-3 pb-1">
      <Search aria-hidden="true" className="pointer-events-none absolute top-5 left-5.5 size-4 text-ink-3 pointer-coarse:top-6" />
      <Input
        ref={field}
        type="search"
        aria-label="Search conversations"
        placeholder="Search everything said"
        value={search}
        {...typedSearch(setParams)}
        className="pl-8"
      />
      <FilterButton />
    </div>
  );
};

const tabsOf = (counts: InboxCounts | undefined) =>
  INBOX_VIEWS.map((view) => ({
    value: view,
    label: VIEWS[view].label,
    icon: VIEW_ICONS.get(view),
    badge: <ViewCount view={view} count={counts?.[view] ?? 0} />,
  }));

/** What is out of the way for now stands as a sign: six words have no room in 340 px. */
const VIEW_ICONS = new Map<InboxView, ReactNode>([
  ["snoozed", <Moon key="snoozed" aria-hidden="true" className="size-4" />],
  ["resolved", <CircleCheck key="resolved" aria-hidden="true" className="size-4" />],
]);

/** Six views stand side by side in 340 px: above this only the beginning of a count is seen; the whole is read aloud. */
const MAX_SHOWN = 99;

/** Only the count that calls for a person is coloured; the others are plain figures, and the finished ones none. */
const ViewCount = ({ view, count }: { readonly view: InboxView; readonly count: number }) => {
  if (view === "needs_you") {
    return <Count value={count} isCall label={String(count)} />;
  }
  const isQuiet = count === 0 || view === "resolved";
  return (
    <>
      {isQuiet ? null : (
        <span aria-hidden="true" className="font-normal text-ink-3 tabular-nums">
          {count > MAX_SHOWN ? `${MAX_SHOWN}+` : count}
        </span>
      )}
      <span className="sr-only">{count}</span>
    </>
  );
};

const EMPTY = {
  needs_you: {
    icon: <CircleCheck />,
    title: "Nothing needs you",
    text: "Conversations Spotter hands to a person, and drafts that wait for approval, appear here.",
  },
  agent: { icon: <SpotterGlyph />, title: "Spotter is handling nothing", text: "Conversations Spotter is answering appear here." },
  mine: { icon: <UserRound />, title: "Nothing in your hands", text: "Conversations you take over or reply to appear here." },
  all: { icon: <Inbox />, title: "No open conversations", text: "Every message that reaches the club appears here." },
  snoozed: {
    icon: <Moon />,
    title: "Nothing is put off",
    text: "Conversations you snooze wait here. They come back at their time, or as soon as the member writes.",
  },
  resolved: {
    icon: <CircleCheck />,
    title: "Nothing resolved yet",
    text: "Conversations you close appear here, and open again when the member writes.",
  },
} as const satisfies Record<InboxView, { icon: ReactNode; title: string; text: string }>;

const NothingHere = ({ view, query }: { readonly view: InboxView; readonly query: ListQuery }) => {
  const { search, view: _scope, ...filters } = query;
  if (search !== undefined) {
    return (
      <EmptyState icon={<Search />} title="Nothing found">
        No name, number or message here matches “{search}”. Each word is looked for by its beginning.
      </EmptyState>
    );
  }
  if (Object.keys(filters).length > 0) {
    return (
      <EmptyState icon={<ListFilter />} title="Nothing with these filters">
        Nothing in “{VIEWS[view].name}” has all of them. Take one away, or choose another view.
      </EmptyState>
    );
  }
  const { icon, title, text } = EMPTY[view];
  return (
    <EmptyState icon={icon} title={title}>
      {text}
    </EmptyState>
  );
};
