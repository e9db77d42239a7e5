"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";

import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { notify } from "#components/ui/toast.tsx";
import { reasonText } from "#server/domain/workflows/outcomes.ts";

type Change<Input, Output> = {
  readonly change: (input: Input) => Promise<Output>;
  readonly done: (output: Output) => Parameters<typeof notify>[0];
  readonly onDone?: () => void;
};

/** Anything a person does about a debt: says what came of it, and fetches all of it anew whether it worked or not. */
export const useDebtChange = <Input, Output>({ change, done, onDone }: Change<Input, Output>) => {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (output) => {
      notify(done(output));
      onDone?.();
    },
    onError: (error) => {
      const { advice, title } = describeFailure(error);
      notify({ tone: "bad", title, detail: advice });
    },
    onSettled: () =>
      Promise.all(
        [trpc.pastDue.pathFilter(), trpc.members.pathFilter(), trpc.alerts.pathFilter()].map((filter) =>
          queryClient.invalidateQueries(filter),
        ),
      ),
  });
};

export const good = (title: string) => () => ({ tone: "good", title }) as const;

type Dispatched = { readonly status: string; readonly reason: string | null };

/** What became of something that was handed to a vendor, in the words of the deed. */
export const dispatchNotice =
  ({ done, what }: { readonly what: string; readonly done: string }) =>
  ({ reason, status }: Dispatched) => {
    const why = reason === null ? undefined : `${reasonText(reason).charAt(0).toUpperCase()}${reasonText(reason).slice(1)}.`;
    const detail = why === undefined ? {} : { detail: why };
    if (status === "confirmed" || (status === "dropped" && reason === null)) {
      return { tone: "good", title: done } as const;
    }
    if (status === "planned" || status === "approved" || status === "dispatching") {
      return { tone: "good", title: `${what} waits and goes out by itself`, ...detail } as const;
    }
    return status === "unknown" || status === "needs_human"
      ? ({
          tone: "bad",
          title: "Nobody knows yet whether it went out",
          detail: "Spotter looks at the vendor before anything is tried again.",
        } as const)
      : ({ tone: "bad", title: `${what} did not go out`, ...detail } as const);
  };
