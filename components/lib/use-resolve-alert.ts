"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { AlertCard } from "#server/domain/inbox-view.ts";

export const useResolveAlert = () => {
  const client = useTRPCClient();
  return useAlertChange((input) => client.alerts.resolve.mutate(input));
};

/** "I have it": nobody else is told any more. */
export const useAcknowledgeAlert = () => {
  const client = useTRPCClient();
  return useAlertChange((input) => client.alerts.acknowledge.mutate(input));
};

type AlertInput = { readonly clubId: ReturnType<typeof useClub>["id"]; readonly alertId: AlertCard["id"] };

const useAlertChange = (change: (input: AlertInput) => Promise<unknown>) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (alertId: AlertCard["id"]) => change({ clubId, alertId }),
    onSettled: () => queryClient.invalidateQueries(trpc.alerts.list.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
