"use client";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

type GoLiveDialogProps = { readonly workflow: Pick<WorkflowDetails, "id" | "name" | "isOn">; readonly onClose: () => void };

export const GoLiveDialog = ({ onClose, workflow: { id, isOn, name } }: GoLiveDialogProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const live = useWorkflowChange({
    change: () => client.workflows.goLive.mutate({ clubId, workflowId: id }),
    done: `“${name}” is live`,
    onDone: onClose,
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={`Let “${name}” go live?`}
      description={`Nothing goes out at this moment. Its first live run ${isOn ? "comes by its schedule" : "begins when you start it"} and waits for your yes, with everybody and every text to look at. After a day you are asked to review it, and then the next workflow may follow.`}
    >
      <div className="flex justify-between">
        <Button onClick={onClose}>Not yet</Button>
        <Button kind="primary" isBusy={live.isPending} onClick={() => live.mutate(null)}>
          Go live
        </Button>
      </div>
    </Dialog>
  );
};
