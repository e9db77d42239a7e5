"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { conversationQueries, refresh } from "#components/lib/news-queries.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Id } from "#server/domain/ids.ts";

/** Decides one approval. The first decision wins; whoever comes second is told so and sees the outcome. */
export const useApproval = (approvalId: Id<"approval">, conversationId: Id<"conversation"> | null) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  const after = {
    onSettled: () => refresh(queryClient, [trpc.approvals.pathFilter(), ...conversationQueries(trpc, conversationId)]),
    onError: (error: Error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  };
  return {
    /** `text` replaces the draft where a person changed it. */
    approve: useMutation({
      mutationFn: (text: string | null) => trpcClient.approvals.approve.mutate({ clubId, approvalId, ...(text === null ? {} : { text }) }),
      ...after,
      onSuccess: ({ reason }) => {
        if (reason === "needs_another_person") {
          notify({ tone: "good", title: "Your yes is counted", detail: "Nothing has happened yet: it waits for another person." });
        }
      },
    }),
    reject: useMutation({ mutationFn: () => trpcClient.approvals.reject.mutate({ clubId, approvalId }), ...after }),
  };
};
