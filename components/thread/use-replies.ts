"use client";

import { useMutation, useMutationState, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { takeReplyFiles, type ReadyFile } from "#components/thread/reply-files.ts";
import type { Original } from "#components/thread/translate-reply.tsx";
import type { Id } from "#server/domain/ids.ts";

type Draft = {
  readonly text: string;
  readonly clientKey: string;
  readonly original?: Original | undefined;
  readonly files: readonly ReadyFile[];
};

/** A reply on its way to the server, or one that did not get there. */
export type OutgoingReply = Draft & { readonly state: "sending" | "waiting" | "failed"; readonly failure: string | null };

/**
 * Sends replies one after the other. A reply keeps its key over every attempt, so that trying again after a lost
 * answer cannot send it twice. It lives in the mutation cache: changing the conversation does not lose it.
 */
export const useReplies = (conversationId: Id<"conversation">) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const mutationKey = ["reply", conversationId];
  const { mutate } = useMutation({
    mutationKey,
    scope: { id: `reply ${conversationId}` },
    mutationFn: ({ clientKey, files, original, text }: Draft) =>
      trpcClient.conversations.reply.mutate({
        clubId,
        conversationId,
        text,
        clientKey,
        isHeld: true,
        ...(original === undefined ? {} : { original }),
        ...(files.length === 0 ? {} : { attachmentIds: files.map(({ id }) => id as Id<"attachment">) }),
      }),
    onSettled: () => refresh(queryClient, conversationQueries(trpc, conversationId)),
  });
  const outgoing = useMutationState({
    filters: { mutationKey, predicate: ({ state }) => state.status === "pending" || state.status === "error" },
    select: ({ state }): OutgoingReply | null =>
      isDraft(state.variables)
        ? {
            text: state.variables.text,
            clientKey: state.variables.clientKey,
            original: state.variables.original,
            files: state.variables.files,
            state: state.status === "error" ? "failed" : state.isPaused ? "waiting" : "sending",
            failure: state.error === null ? null : describeFailure(state.error).title,
          }
        : null,
  }).filter((reply) => reply !== null);

  const forget = (clientKey: string) => {
    const cache = queryClient.getMutationCache();
    for (const mutation of cache.findAll({ mutationKey, status: "error" })) {
      if (isDraft(mutation.state.variables) && mutation.state.variables.clientKey === clientKey) {
        cache.remove(mutation);
      }
    }
  };
  return {
    outgoing,
    send: (text: string, original?: Original) =>
      mutate({ text, clientKey: crypto.randomUUID(), original, files: takeReplyFiles(conversationId) }),
    retry: ({ clientKey, files, original, text }: Draft) => {
      forget(clientKey);
      mutate({ text, clientKey, original, files });
    },
    discard: ({ clientKey }: Draft) => forget(clientKey),
  };
};

const isDraft = (variables: unknown): variables is Draft =>
  typeof variables === "object" && variables !== null && "text" in variables && "clientKey" in variables && "files" in variables;
