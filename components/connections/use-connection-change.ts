"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type Change<Input> = { readonly change: (input: Input) => Promise<unknown>; readonly done: string };

/** A change of a connection: says what happened, and fetches all of them anew whether it worked or not. */
export const useConnectionChange = <Input>({ change, done }: Change<Input>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => notify({ tone: "good", title: done }),
    onSettled: () => queryClient.invalidateQueries(trpc.connections.pathFilter()),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
