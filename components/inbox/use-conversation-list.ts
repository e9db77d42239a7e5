"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";

import type { ListQuery } from "#components/inbox/search-params.ts";
import { useClub } from "#components/lib/club.tsx";
import { rowsCollector, type PageShape } from "#components/lib/long-list.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useLongList } from "#components/lib/use-long-list.ts";
import type { ConversationPage, ConversationRow } from "#server/domain/inbox-view.ts";

/** Page by page from the newest message back; `rows` has each conversation once. */
export const useConversationList = (query: ListQuery) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const options = trpc.conversations.list.infiniteQueryOptions(
    { clubId, ...query },
    { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
  );
  const { onSight, queryFn } = useLongList({
    queryKey: options.queryKey,
    shape: CONVERSATION_PAGES,
    fetchPage: (cursor: string | null, { signal }) => client.conversations.list.query({ clubId, ...query, cursor }, { signal }),
  });
  const list = useInfiniteQuery({
    ...options,
    queryFn: ({ pageParam, signal }) => queryFn({ pageParam: pageParam ?? null, signal }),
  });
  const [rowsIn] = useState(rowsCollector<ConversationRow>);
  const { pageOf, rows } = useMemo(() => rowsIn(list.data?.pages.map(({ items }) => items) ?? []), [list.data, rowsIn]);
  return {
    list,
    rows,
    onSight: (first: number, last: number) => onSight(pageOf[first] ?? 0, pageOf[last] ?? 0),
    loadMore: () => {
      // A page that is read again must not be given up for one that is read ahead.
      if (list.hasNextPage && !list.isFetching && !list.isError) {
        void list.fetchNextPage();
      }
    },
  };
};

/** The first conversation that is known to follow. */
const boundOf = (following: readonly ConversationPage[]): ConversationRow | undefined =>
  following.flatMap(({ items }) => items.slice(0, 1))[0];

const isNewer = (row: ConversationRow, bound: ConversationRow | undefined): boolean =>
  bound === undefined ||
  row.lastMessageAt > bound.lastMessageAt ||
  (row.lastMessageAt.getTime() === bound.lastMessageAt.getTime() && row.id > bound.id);

const CONVERSATION_PAGES: PageShape<ConversationPage, string | null> = {
  nextOf: ({ nextCursor }) => nextCursor,
  isReaching: ({ items }, _next, following) => {
    const last = items.at(-1);
    const bound = boundOf(following);
    return last === undefined || bound === undefined || !isNewer(last, bound);
  },
  join: (read, next, following) => {
    const bound = boundOf(following);
    return { items: read.flatMap(({ items }) => items).filter((row) => isNewer(row, bound)), nextCursor: next };
  },
};
