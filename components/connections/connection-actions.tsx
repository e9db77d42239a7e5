"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pause, Play, PlugZap } from "lucide-react";
import { useState } from "react";

import type { ConnectionDetail } from "#components/connections/connection-types.ts";
import { FailureLine } from "#components/connections/failure-line.tsx";
import { PauseDialog } from "#components/connections/pause-dialog.tsx";
import { TestOutcome } from "#components/connections/test-outcome.tsx";
import { useConnectionChange } from "#components/connections/use-connection-change.ts";
import { useClub } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { Button } from "#components/ui/button.tsx";

/** Test, pause, resume. */
export const ConnectionActions = ({ connection }: { readonly connection: ConnectionDetail }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [isPausing, setIsPausing] = useState(false);
  const place = { clubId, connectionId: connection.id };
  const test = useMutation(
    trpc.connections.test.mutationOptions({ onSettled: () => queryClient.invalidateQueries(trpc.connections.pathFilter()) }),
  );
  const resumption = useConnectionChange({
    change: () => client.connections.resume.mutate(place),
    done: `${connection.name} works again`,
  });
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap gap-2">
        <Button isBusy={test.isPending} onClick={() => test.mutate(place)}>
          <PlugZap aria-hidden="true" />
          Test
        </Button>
        {connection.status === "disabled" ? (
          <Button kind="primary" isBusy={resumption.isPending} onClick={() => resumption.mutate(undefined)}>
            <Play aria-hidden="true" />
            Resume
          </Button>
        ) : (
          <Button onClick={() => setIsPausing(true)}>
            <Pause aria-hidden="true" />
            Pause
          </Button>
        )}
      </div>
      {test.data === undefined || test.isPending ? null : <TestOutcome result={test.data} />}
      {test.isError ? <FailureLine error={test.error} /> : null}
      {isPausing ? <PauseDialog connection={connection} onClose={() => setIsPausing(false)} /> : null}
    </div>
  );
};
