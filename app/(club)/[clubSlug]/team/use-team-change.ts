"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

/** A change of the team: says what happened, and fetches the team anew whether it worked or not. */
export const useTeamChange = <Input>({ change, done }: { readonly change: (input: Input) => Promise<unknown>; readonly done: string }) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => notify({ tone: "good", title: done }),
    onSettled: () => queryClient.invalidateQueries(trpc.team.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
