"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type Change<Input, Output> = {
  readonly change: (input: Input) => Promise<Output>;
  /** What to say when it worked; null = the page shows it. */
  readonly done: string | null;
  readonly onDone?: (output: Output) => void;
};

/** Anything a person does to a workflow or a run: says what happened, and fetches all of it anew whether it worked or not. */
export const useWorkflowChange = <Input, Output>({ change, done, onDone }: Change<Input, Output>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => {
      if (done !== null) {
        notify({ tone: "good", title: done });
      }
      onDone?.(output);
    },
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: () =>
      Promise.all([trpc.workflows.pathFilter(), trpc.alerts.pathFilter()].map((filter) => queryClient.invalidateQueries(filter))),
  });
};
