"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type Change = { readonly change: () => Promise<unknown>; readonly done: string };

/** A decision about what was learned: says what happened, and fetches all of it anew whether it worked or not. */
export const useLearningChange = ({ change, done }: Change) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => notify({ tone: "good", title: done }),
    onSettled: () =>
      Promise.all([trpc.learning.pathFilter(), trpc.alerts.pathFilter()].map((filter) => queryClient.invalidateQueries(filter))),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
