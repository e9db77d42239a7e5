"use client";

import { Pause, Play } from "lucide-react";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";

type PauseButtonsProps = { readonly workflow: Pick<WorkflowRow, "id" | "name" | "isPaused"> };

/** Everything of a workflow stands still, and goes on where it stood. */
export const PauseButtons = ({ workflow: { id, isPaused, name } }: PauseButtonsProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const input = { clubId, workflowId: id };
  const pause = useWorkflowChange({ change: () => client.workflows.pause.mutate(input), done: `“${name}” is paused` });
  const resume = useWorkflowChange({ change: () => client.workflows.resume.mutate(input), done: `“${name}” goes on` });
  return isPaused ? (
    <Button size="sm" aria-label={`Resume ${name}`} isBusy={resume.isPending} onClick={() => resume.mutate(null)}>
      <Play aria-hidden="true" />
      Resume
    </Button>
  ) : (
    <Button size="sm" kind="quiet" aria-label={`Pause ${name}`} isBusy={pause.isPending} onClick={() => pause.mutate(null)}>
      <Pause aria-hidden="true" />
      Pause
    </Button>
  );
};
