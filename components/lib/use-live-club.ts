"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { InfiniteData, QueryClient, QueryKey } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { startLiveFeed } from "#components/lib/live-feed.ts";
import type { LiveState, News } from "#components/lib/live-feed.ts";
import { refresh, staleQueries } from "#components/lib/news-queries.ts";
import { openPusherSocket } from "#components/lib/pusher-socket.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import type { Id } from "#server/domain/ids.ts";
import type { ConversationPage } from "#server/domain/inbox-view.ts";

/** Hints within this time are answered by one refresh: a busy minute must not become a hundred requests. */
const GATHER_MS = 120;

/**
 * Keeps the screen of one club true: listens for hints and asks again for what they touch. Never writes an
 * event's content into the cache.
 * @returns null until the first connection has been tried
 */
export const useLiveClub = (clubId: Id<"club">): LiveState | null => {
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const { data: settings } = useQuery(trpc.live.settings.queryOptions({ clubId }, { staleTime: Number.POSITIVE_INFINITY }));
  const [state, setState] = useState<LiveState | null>(null);

  // Outside systems: the realtime connection, and the visibility of the tab.
  useEffect(() => {
    if (settings === undefined) {
      return;
    }
    const gather = gatherNews((all) =>
      refresh(
        queryClient,
        all.flatMap((news) => staleQueries(trpc, news)),
      ),
    );
    const feed = startLiveFeed({
      startAfter: newestSequence(queryClient, [...trpc.conversations.list.pathKey(), { input: { clubId } }]),
      readChanges: (after) => trpcClient.live.changes.query({ clubId, after }),
      openSocket: (events) => openPusherSocket(settings, events),
      onNews: gather.add,
      onState: setState,
    });
    const onVisible = () => {
      if (document.visibilityState === "visible") {
        void feed.catchUp();
      }
    };
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", onVisible);
      feed.stop();
      gather.stop();
    };
  }, [clubId, settings, queryClient, trpc, trpcClient]);

  return state;
};

/** Collects news for a moment, and starts no refresh before the previous one has ended. */
const gatherNews = (onReady: (all: readonly News[]) => Promise<void>) => {
  let pending: News[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isBusy = false;

  const flush = async () => {
    timer = undefined;
    const all = pending;
    pending = [];
    isBusy = true;
    try {
      await onReady(all);
    } finally {
      isBusy = false;
      schedule();
    }
  };
  const schedule = () => {
    if (pending.length > 0 && timer === undefined && !isBusy) {
      timer = setTimeout(() => void flush(), GATHER_MS);
    }
  };
  return {
    add: (news: News) => {
      pending.push(news);
      schedule();
    },
    stop: () => {
      clearTimeout(timer);
      pending = [];
    },
  };
};

/** The highest club sequence number among the conversations on screen; "0" makes the server say what is new. */
const newestSequence = (queryClient: QueryClient, queryKey: QueryKey): string => {
  let newest = 0n;
  for (const [, data] of queryClient.getQueriesData<InfiniteData<ConversationPage>>({ queryKey })) {
    for (const row of data?.pages.flatMap((page) => page.items) ?? []) {
      const sequence = BigInt(row.clubSequence);
      newest = sequence > newest ? sequence : newest;
    }
  }
  return newest.toString();
};
