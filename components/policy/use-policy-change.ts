"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";

type Change<Input, Output> = {
  readonly change: (input: Input) => Promise<Output>;
  /** What to say when it worked. */
  readonly done: (output: Output) => string;
};

/** A new version of the rules: says what happened, and fetches them anew whether it worked or not. */
export const usePolicyChange = <Input, Output>({ change, done }: Change<Input, Output>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => notify({ tone: "good", title: done(output) }),
    onSettled: () =>
      Promise.all(
        [trpc.policies.pathFilter(), trpc.automations.pathFilter(), trpc.clubs.pathFilter()].map((filter) =>
          queryClient.invalidateQueries(filter),
        ),
      ),
  });
};
