"use client";

import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import type { Id } from "#server/domain/ids.ts";

/** Null asks for the newest messages, a sequence number for those before it. */
type PageParam = number | null;

/** Typed by its wide type on purpose: the page parameter is inferred from it. */
const newest = (): PageParam => null;

/**
 * One conversation, page by page from the newest back. Refetching walks the pages again with fresh cursors, so
 * that no message can fall between two pages. What the server prefetched becomes the first page.
 */
export const useThread = (conversationId: Id<"conversation">) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const input = { clubId, conversationId };
  const prefetched = trpc.conversations.thread.queryKey(input);
  return useInfiniteQuery({
    queryKey: [...trpc.conversations.thread.pathKey(), { input, type: "pages" }],
    queryFn: ({ pageParam, signal }) =>
      trpcClient.conversations.thread.query(pageParam === null ? input : { ...input, before: pageParam }, { signal }),
    initialPageParam: newest(),
    getNextPageParam: (page) => page.previousCursor,
    initialData: () => {
      const page = queryClient.getQueryData(prefetched);
      return page === undefined ? undefined : { pages: [page], pageParams: [newest()] };
    },
    initialDataUpdatedAt: () => queryClient.getQueryState(prefetched)?.dataUpdatedAt,
  });
};
