"use client";

import { lazy, Suspense, useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails, WorkflowReview } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

const GoLiveDialog = lazy(async () => ({ default: (await import("#components/workflows/go-live-dialog.tsx")).GoLiveDialog }));

type LiveCardProps = { readonly workflow: WorkflowDetails; readonly review: WorkflowReview };

/** Whether it acts or only plans, and the one step to the other. */
export const LiveCard = ({ review, workflow }: LiveCardProps) => (
  <section
    aria-label="Dry run or live"
    className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4"
  >
    {workflow.isDryRun ? <DryWords workflow={workflow} review={review} /> : <LiveWords workflow={workflow} />}
  </section>
);

const DryWords = ({ review, workflow }: LiveCardProps) => {
  const mayManage = useMay("workflow.manage");
  const [isAsking, setIsAsking] = useState(false);
  const obstacle = obstacleOf({ review, workflow, mayManage });
  return (
    <>
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base font-semibold">It is a dry run</h2>
        <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">
          It plans and shows, and sends nothing. {obstacle ?? "You have seen its preview, so it may go live now."}
        </p>
      </div>
      {mayManage ? (
        <Button kind="primary" disabled={obstacle !== null} onClick={() => setIsAsking(true)}>
          Let it go live
        </Button>
      ) : null}
      {isAsking ? (
        <Suspense fallback={null}>
          <GoLiveDialog workflow={workflow} onClose={() => setIsAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
};

/** Why it cannot go live yet, in a sentence; null when it can. */
const obstacleOf = ({ mayManage, review, workflow }: LiveCardProps & { readonly mayManage: boolean }): string | null => {
  if (workflow.previewedAt === null) {
    return "Before it goes live somebody looks at a preview of it as it is now.";
  }
  if (review.blockedBy !== null) {
    return `Workflows go live one at a time: “${review.blockedBy.name}” went live before and its first day has not been reviewed.`;
  }
  return mayManage ? null : "An owner lets it go live.";
};

const LiveWords = ({ workflow }: { readonly workflow: WorkflowDetails }) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const back = useWorkflowChange({
    change: () => client.workflows.goDry.mutate({ clubId, workflowId: workflow.id }),
    done: "From the next run on it only plans",
  });
  return (
    <>
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base font-semibold">It is live</h2>
        <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">
          {workflow.liveSince === null ? null : (
            <>
              Since <RelativeTime at={workflow.liveSince} />.{" "}
            </>
          )}
          {workflow.firstLiveApprovedAt === null
            ? "Its first live run waits for an owner’s yes before anybody is written to."
            : "What it does stands in its history, person by person."}
        </p>
      </div>
      {useMay("workflow.run") ? (
        <Button isBusy={back.isPending} onClick={() => back.mutate(null)}>
          Back to dry run
        </Button>
      ) : null}
    </>
  );
};
