"use client";

import { useClub } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import type { CampaignDraft } from "#components/workflows/campaigns/campaign-form.ts";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import type { Id } from "#server/domain/ids.ts";

/** Makes a campaign, off and dry; its switch follows when it is to go out by itself. */
export const useCreateCampaign = (onDone: (workflowId: Id<"workflow">) => void) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  return useWorkflowChange({
    change: async ({ name, plan, schedule, when }: CampaignDraft) => {
      const { workflowId } = await client.workflows.createCampaign.mutate({ clubId, name, plan, schedule });
      if (when !== "by_hand") {
        await client.workflows.switch.mutate({ clubId, workflowId, isOn: true });
      }
      return workflowId;
    },
    done: "Made, as a dry run: nothing goes out yet",
    onDone,
  });
};

/** The next version of a campaign. */
export const useSaveCampaign = ({ onDone, workflow }: { readonly workflow: WorkflowDetails; readonly onDone: () => void }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const { id: workflowId, isOn, version } = workflow;
  return useWorkflowChange({
    change: async ({ name, plan, schedule, when }: CampaignDraft) => {
      await client.workflows.save.mutate({ clubId, workflowId, version, name, schedule, settings: { ...plan } });
      if ((when !== "by_hand") !== isOn) {
        await client.workflows.switch.mutate({ clubId, workflowId, isOn: !isOn });
      }
    },
    done: "Saved: preview it again before it goes live",
    onDone,
  });
};
