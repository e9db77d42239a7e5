"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CircleCheck, Inbox, Search, UserRound } from "lucide-react";
import { debounce, useQueryStates } from "nuqs";
import { useRef } from "react";
import type { ReactNode } from "react";

import { LeftAtClosing } from "#components/closings/left-at-closing.tsx";
import { InboxAnnouncer } from "#components/inbox/inbox-announcer.tsx";
import { inboxAddress, inboxParams } from "#components/inbox/search-params.ts";
import { VirtualRows } from "#components/inbox/virtual-rows.tsx";
import { useClub } from "#components/lib/club.tsx";
import { cn } from "#components/lib/cn.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { useHotkeys } from "#components/lib/use-hotkeys.ts";
import { Count } from "#components/ui/chip.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Input } from "#components/ui/input.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { SpotterGlyph } from "#components/ui/spotter-glyph.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { InboxCounts, InboxView } from "#server/domain/inbox-view.ts";
import { INBOX_VIEWS } from "#server/domain/inbox-view.ts";

const LIST_ID = "conversation-list";
const SEARCH_PAUSE_MS = 250;

const VIEWS = {
  needs_you: { label: "Needs you", name: "Needs you" },
  agent: { label: "Spotter", name: "Spotter is handling" },
  mine: { label: "Mine", name: "Mine" },
  all: { label: "All", name: "All open" },
  resolved: { label: "Resolved", name: "Resolved" },
} as const satisfies Record<InboxView, { label: string; name: string }>;

export const ConversationList = ({ className }: { readonly className: string }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const [{ view, search, conversation }, setParams] = useQueryStates(inboxParams);
  const counts = useQuery(trpc.conversations.counts.queryOptions({ clubId }));
  const list = useInfiniteQuery(
    trpc.conversations.list.infiniteQueryOptions(
      { clubId, view, ...(search === "" ? {} : { search }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  const loadMore = () => {
    if (list.hasNextPage && !list.isFetchingNextPage && !list.isError) {
      void list.fetchNextPage();
    }
  };
  return (
    <section
      aria-label="Conversations"
      className={cn("flex h-full w-full shrink-0 flex-col border-r border-line bg-surface md:w-85", className)}
    >
      <SearchField />
      <Tabs label="Views" tabs={tabsOf(counts.data)} value={view} panelId={LIST_ID} onChange={(next) => void setParams({ view: next })} />
      <div
        id={LIST_ID}
        role="tabpanel"
        aria-label={VIEWS[view].name}
        aria-busy={list.isFetching}
        className="flex min-h-0 flex-1 flex-col border-t border-line"
      >
        {view === "needs_you" && search === "" ? (
          <div className="max-h-1/2 shrink-0 overflow-y-auto px-3 py-2 empty:hidden">
            <LeftAtClosing />
          </div>
        ) : null}
        {list.isPending ? <SkeletonRows count={7} label="Loading conversations" /> : null}
        {list.isError && list.data === undefined ? <ErrorState error={list.error} onRetry={() => void list.refetch()} /> : null}
        {list.isSuccess && rows.length === 0 ? <NothingHere view={view} search={search} /> : null}
        {rows.length === 0 ? null : (
          <VirtualRows
            rows={rows}
            selectedId={conversation}
            hrefOf={(id) => inboxAddress({ view, search, conversation: id })}
            onOpen={(id) => void setParams({ conversation: id }, { history: "push" })}
            onNearEnd={loadMore}
          />
        )}
        {list.isFetchingNextPage ? <p className="border-t border-line px-4 py-2 text-xs text-ink-3">Loading more</p> : null}
      </div>
      <InboxAnnouncer key={`${view} ${search}`} rows={list.isPlaceholderData ? [] : rows} />
    </section>
  );
};

const SearchField = () => {
  const [{ search }, setParams] = useQueryStates(inboxParams);
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({ "/": () => field.current?.focus() });
  const change = (text: string) => void setParams({ search: text }, text === "" ? {} : { limitUrlUpdates: debounce(SEARCH_PAUSE_MS) });
  return (
    <div role="search" className="relative px-3 pt-3 pb-1">
      <Search aria-hidden="true" className="pointer-events-none absolute top-5 left-5.5 size-4 text-ink-3 pointer-coarse:top-6" />
      <Input
        ref={field}
        type="search"
        aria-label="Search conversations"
        placeholder="Search name or text"
        value={search}
        onChange={(event) => change(event.target.value)}
        className="pl-8"
      />
    </div>
  );
};

const tabsOf = (counts: InboxCounts | undefined) =>
  INBOX_VIEWS.map((view) => ({
    value: view,
    label: VIEWS[view].label,
    badge: <ViewCount view={view} count={counts?.[view] ?? 0} />,
  }));

/** Five views stand side by side in 340 px: above this only the beginning of a count is seen; the whole is read aloud. */
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
  resolved: {
    icon: <CircleCheck />,
    title: "Nothing resolved yet",
    text: "Conversations you close appear here, and open again when the member writes.",
  },
} as const satisfies Record<InboxView, { icon: ReactNode; title: string; text: string }>;

const NothingHere = ({ view, search }: { readonly view: InboxView; readonly search: string }) => {
  if (search !== "") {
    return (
      <EmptyState icon={<Search />} title="Nothing found">
        No conversation in “{VIEWS[view].name}” matches “{search}”.
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
