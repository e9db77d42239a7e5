"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { SKIPPABLE_STEPS } from "#server/domain/first-run.ts";

export const useFirstRun = () => {
  const { id: clubId } = useClub();
  return useQuery(useTRPC().firstRun.get.queryOptions({ clubId }));
};

type Settled =
  | { readonly state: "skipped"; readonly step: (typeof SKIPPABLE_STEPS)[number] }
  | { readonly state: "done"; readonly step: "try" | "finished" };

/** Notes a step that was done or left out, and fetches the list anew. */
export const useSettleStep = () => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (settled: Settled) => client.firstRun.settle.mutate({ clubId, ...settled }),
    onSettled: () => queryClient.invalidateQueries(trpc.firstRun.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
