"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FlaskConical, Trash2 } from "lucide-react";
import { useQueryStates } from "nuqs";

import { useClub } from "#components/lib/club.tsx";
import { describeFailure } from "#components/lib/failure.ts";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { RehearsalResult } from "#components/rehearsals/rehearsal-result.tsx";
import { rehearsalParams } from "#components/rehearsals/search-params.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { notify } from "#components/ui/toast.tsx";

/** The kept tests, run as one batch before something is published. */
export const TestsTab = () => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [{ run }, setParams] = useQueryStates(rehearsalParams);
  const tests = useQuery(trpc.rehearsals.tests.queryOptions({ clubId }));
  const tell = (error: unknown): void => notify({ tone: "bad", title: describeFailure(error).title });
  const start = useMutation({
    mutationFn: () => client.rehearsals.start.mutate({ clubId, kind: "tests", change: {} }),
    onSuccess: ({ rehearsalId }) => void setParams({ run: rehearsalId }),
    onError: tell,
  });
  const archive = useMutation({
    mutationFn: (testId: `test_${string}`) => client.rehearsals.archiveTest.mutate({ clubId, testId }),
    onSettled: () => queryClient.invalidateQueries(trpc.rehearsals.tests.pathFilter()),
    onError: tell,
  });
  if (tests.isPending) {
    return <SkeletonRows count={4} label="Reading the tests" />;
  }
  if (tests.isError) {
    return <ErrorState error={tests.error} onRetry={() => void tests.refetch()} />;
  }
  if (tests.data.length === 0) {
    return (
      <EmptyState icon={<FlaskConical />} title="No test is kept yet">
        Talk to Spotter in the test chat and keep what must always come out the same way.
      </EmptyState>
    );
  }
  return (
    <div>
      <div className="flex items-center justify-between gap-3 p-4">
        <p className="text-sm text-ink-2">
          {tests.data.length} {tests.data.length === 1 ? "test" : "tests"} under the rules that are published now.
        </p>
        <Button kind="primary" isBusy={start.isPending} onClick={() => start.mutate()}>
          Run all
        </Button>
      </div>
      <ul className="divide-y divide-line border-t border-line">
        {tests.data.map(({ expectation, id, name, turns }) => (
          <li key={id} className="flex items-center gap-3 px-4 py-2 text-sm">
            <div className="min-w-0 flex-1">
              <p className="truncate font-semibold">{name}</p>
              <p className="truncate text-xs text-ink-3">
                “{turns.at(-1)?.text}”{expectation.mustSay.length > 0 ? ` must say ${expectation.mustSay.join(", ")}` : ""}
              </p>
            </div>
            <IconButton label={`Remove the test ${name}`} onClick={() => archive.mutate(id)}>
              <Trash2 />
            </IconButton>
          </li>
        ))}
      </ul>
      {run === null ? null : <RehearsalResult key={run} rehearsalId={run} />}
    </div>
  );
};
