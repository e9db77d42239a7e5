"use client";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Id } from "#server/domain/ids.ts";

type StopRunDialogProps = { readonly runId: Id<"workflowRun">; readonly onClose: () => void };

/** Asks before a run ends for good; a pause is the gentler way. */
export const StopRunDialog = ({ onClose, runId }: StopRunDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const stop = useWorkflowChange({
    change: () => client.workflows.stopRun.mutate({ clubId, runId }),
    done: "The run is stopped",
    onDone: onClose,
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title="Stop this run?"
      description="Nobody further is written to, also nobody who waits for their hour. What a vendor already has cannot be called back. To go on later, pause the workflow instead."
    >
      <div className="flex justify-between">
        <Button onClick={onClose}>Keep it running</Button>
        <Button kind="danger" isBusy={stop.isPending} onClick={() => stop.mutate(null)}>
          Stop the run
        </Button>
      </div>
    </Dialog>
  );
};
