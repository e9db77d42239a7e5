"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";

import { useClub } from "#components/lib/club.tsx";
import { rowsOf, type PageShape } from "#components/lib/long-list.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { useLongList } from "#components/lib/use-long-list.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Thread } from "#server/domain/inbox-view.ts";

/** Null asks for the newest messages, a sequence number for those before it. */
type PageParam = number | null;

/** Typed by its wide type on purpose: the page parameter is inferred from it. */
const newest = (): PageParam => null;

/**
 * One conversation, page by page from the newest back; `messages` are those of all pages, oldest first. What the server
 * prefetched becomes the first page.
 */
export const useThread = (conversationId: Id<"conversation">) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const input = { clubId, conversationId };
  const prefetched = trpc.conversations.thread.queryKey(input);
  const queryKey = [...trpc.conversations.thread.pathKey(), { input, type: "pages" }];
  const { onSight, queryFn } = useLongList({
    queryKey,
    shape: THREAD_PAGES,
    fetchPage: (before: PageParam, { signal }) =>
      trpcClient.conversations.thread.query(before === null ? input : { ...input, before }, { signal }),
  });
  const thread = useInfiniteQuery({
    queryKey,
    queryFn,
    initialPageParam: newest(),
    getNextPageParam: (page) => page.previousCursor,
    initialData: () => {
      const page = queryClient.getQueryData(prefetched);
      return page === undefined ? undefined : { pages: [page], pageParams: [newest()] };
    },
    initialDataUpdatedAt: () => queryClient.getQueryState(prefetched)?.dataUpdatedAt,
  });
  const pages = thread.data?.pages;
  const { pageOf, rows } = useMemo(() => rowsOf(pages?.toReversed().map(({ messages }) => messages) ?? []), [pages]);
  const pageCount = pages?.length ?? 0;
  return {
    thread,
    messages: rows,
    onSight: (first: number, last: number) => onSight(pageCount - 1 - (pageOf[first] ?? 0), pageCount - 1 - (pageOf[last] ?? 0)),
  };
};

/** Sequence numbers never change, so a page ends exactly where the next one begins. */
const THREAD_PAGES: PageShape<Thread, PageParam> = {
  nextOf: ({ previousCursor }) => previousCursor,
  isReaching: ({ messages }, next) => (messages[0]?.sequence ?? 0) <= (next ?? 0),
  join: (read, next) => ({
    ...read[0],
    messages: read.toReversed().flatMap(({ messages }) => messages.filter(({ sequence }) => sequence >= (next ?? 0))),
    previousCursor: next,
  }),
};
