"use client";

import { PlayCircle } from "lucide-react";
import { useRouter } from "next/navigation";

import { useClub, useMay } from "#components/lib/club.tsx";
import { workflowRunPath } from "#components/lib/paths.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { PauseButtons } from "#components/workflows/pause-buttons.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";

type WorkflowButtonsProps = { readonly workflow: Pick<WorkflowRow, "id" | "name" | "isPaused" | "isDryRun"> };

/** Run now, pause and go on; whoever may not do it does not see it. */
export const WorkflowButtons = ({ workflow }: WorkflowButtonsProps) => {
  const { id, isDryRun, isPaused, name } = workflow;
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const router = useRouter();
  const run = useWorkflowChange({
    change: () => client.workflows.runNow.mutate({ clubId, workflowId: id }),
    done: null,
    onDone: ({ runId }) => router.push(workflowRunPath(slug, runId)),
  });
  if (!useMay("workflow.run")) {
    return null;
  }
  const words = isDryRun ? "Dry run now" : "Run now";
  return (
    <div className="flex flex-wrap gap-2">
      <PauseButtons workflow={workflow} />
      {isPaused ? null : (
        <Button size="sm" aria-label={`${words}: ${name}`} isBusy={run.isPending} onClick={() => run.mutate(null)}>
          <PlayCircle aria-hidden="true" />
          {words}
        </Button>
      )}
    </div>
  );
};

/** By its schedule, or only by hand. */
export const OnSwitch = ({ workflow: { id, isOn, name } }: { readonly workflow: Pick<WorkflowRow, "id" | "name" | "isOn"> }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayManage = useMay("workflow.manage");
  const change = useWorkflowChange({
    change: (next: boolean) => client.workflows.switch.mutate({ clubId, workflowId: id, isOn: next }),
    done: null,
  });
  const shown = change.isPending ? change.variables : isOn;
  return (
    <label className="inline-flex items-center gap-2 text-sm text-ink-2">
      <input
        type="checkbox"
        role="switch"
        aria-label={`${name} runs by schedule`}
        checked={shown}
        aria-checked={shown}
        disabled={!mayManage || change.isPending}
        onChange={({ target }) => change.mutate(target.checked)}
        className="peer sr-only"
      />
      <SwitchTrack />
      <span aria-hidden="true" className="w-6">
        {shown ? "On" : "Off"}
      </span>
    </label>
  );
};

/** What a switch looks like, beside its `peer` input. */
export const SwitchTrack = () => (
  <span
    aria-hidden="true"
    className="relative h-5 w-9 shrink-0 rounded-full border border-line-strong bg-raised transition-colors peer-checked:border-transparent peer-checked:bg-solid peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-ink peer-disabled:opacity-50 after:absolute after:top-0.5 after:left-0.5 after:size-3.5 after:rounded-full after:bg-line-strong after:transition-transform peer-checked:after:translate-x-4 peer-checked:after:bg-on-solid"
  />
);
