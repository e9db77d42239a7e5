"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";

/** What a person can do with one conversation besides answering. */
export const useThreadActions = (conversationId: Id<"conversation">) => {
  const { id: clubId } = useClub();
  const { conversations } = useTRPCClient();
  const input = { clubId, conversationId };
  return {
    takeOver: useConversationMutation(conversationId, () => conversations.takeOver.mutate(input)),
    handBack: useConversationMutation(conversationId, () => conversations.handBack.mutate(input)),
    resolve: useConversationMutation(conversationId, () => conversations.resolve.mutate(input)),
    reopen: useConversationMutation(conversationId, () => conversations.reopen.mutate(input)),
    snooze: useConversationMutation(conversationId, (until: Date) => conversations.snooze.mutate({ ...input, until })),
    assign: useConversationMutation(conversationId, (userId: Id<"user">) => conversations.assign.mutate({ ...input, userId })),
    addNote: useConversationMutation(conversationId, (text: string) => conversations.addNote.mutate({ ...input, text })),
  };
};

/** After success and after a refusal alike the newest state is fetched: a refusal often means it has changed. */
const useConversationMutation = <Variables, Result>(
  conversationId: Id<"conversation">,
  mutationFn: (variables: Variables) => Promise<Result>,
) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn,
    onSettled: () => refresh(queryClient, conversationQueries(trpc, conversationId)),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
