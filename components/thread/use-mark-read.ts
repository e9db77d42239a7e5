"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { useClub } from "#components/lib/club.tsx";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import type { Thread } from "#server/domain/inbox-view.ts";

/** Marks what is on screen as read, once per new message and only while somebody can be looking. */
export const useMarkRead = (conversation: Thread["conversation"] | null): void => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const { conversations } = useTRPCClient();
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: (conversationId: Thread["conversation"]["id"]) => conversations.markRead.mutate({ clubId, conversationId }),
    onSuccess: (_result, conversationId) => refresh(queryClient, conversationQueries(trpc, conversationId)),
  });
  const unread = conversation?.unreadCount ?? 0;
  const lastMessageAtMs = conversation?.lastMessageAt.getTime() ?? 0;
  const mark = useEffectEvent(() => {
    if (conversation !== null && conversation.unreadCount > 0 && document.visibilityState === "visible" && !isPending) {
      mutate(conversation.id);
    }
  });

  // Outside systems: the server's read mark, and whether the tab is visible.
  useEffect(() => {
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the two say that there is something new to mark
  }, [unread, lastMessageAtMs]);
};
