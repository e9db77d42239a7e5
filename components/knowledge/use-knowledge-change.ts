"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type Change<Input, Output> = {
  readonly change: (input: Input) => Promise<Output>;
  /** What to say when it worked. */
  readonly done: string | ((output: Output) => string);
};

/** A change of what the club knows: says what happened, and fetches all of it anew whether it worked or not. */
export const useKnowledgeChange = <Input, Output>({ change, done }: Change<Input, Output>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => notify({ tone: "good", title: typeof done === "string" ? done : done(output) }),
    onSettled: () =>
      Promise.all(
        [trpc.knowledge.pathFilter(), trpc.notices.pathFilter(), trpc.alerts.pathFilter()].map((filter) =>
          queryClient.invalidateQueries(filter),
        ),
      ),
    onError: (error) => {
      const { title, advice } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
  });
};
