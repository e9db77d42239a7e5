"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type DeskChange = { readonly change: () => Promise<unknown>; readonly done: string; readonly onSettled: () => void };

/** One change of the desks; the list is asked for again whatever came of it. */
export const useDeskChange = ({ change, done, onSettled }: DeskChange) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => notify({ tone: "good", title: done }),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: async () => {
      await queryClient.invalidateQueries(trpc.desks.pathFilter());
      onSettled();
    },
  });
};
