"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { AlertCard } from "#server/domain/inbox-view.ts";

export const useResolveAlert = () => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const trpcClient = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (alertId: AlertCard["id"]) => trpcClient.alerts.resolve.mutate({ clubId, alertId }),
    onSettled: () => queryClient.invalidateQueries(trpc.alerts.list.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
