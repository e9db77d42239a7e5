"use client";

import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import type { ReactNode } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { useTRPC, useTRPCClient } from "#components/lib/trpc.tsx";
import { LiveCard } from "#components/workflows/live-card.tsx";
import { RunBody } from "#components/workflows/run-body.tsx";
import { RunProgress } from "#components/workflows/run-progress.tsx";
import { StandingApprovals } from "#components/workflows/standing-approvals.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails, WorkflowReview } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";

type PreviewTabProps = { readonly workflow: WorkflowDetails; readonly review: WorkflowReview };

/** Whom it would reach with what, at this moment; and the way to let it do so. */
export const PreviewTab = ({ review, workflow }: PreviewTabProps) => {
  const { id: clubId } = useClub();
  const client = useTRPCClient();
  const mayRun = useMay("workflow.run");
  const preview = useWorkflowChange({ change: () => client.workflows.preview.mutate({ clubId, workflowId: workflow.id }), done: null });
  const button = mayRun ? (
    <Button kind={workflow.previewedAt === null ? "primary" : "secondary"} isBusy={preview.isPending} onClick={() => preview.mutate(null)}>
      <Eye aria-hidden="true" />
      {review.lastPreviewId === null ? "Preview" : "Preview again"}
    </Button>
  ) : null;
  return (
    <div className="flex flex-col gap-8">
      <LiveCard workflow={workflow} review={review} />
      {review.lastPreviewId === null ? (
        <div className="rounded-card border border-line bg-surface">
          <EmptyState icon={<Eye />} title="No preview yet">
            <p>A preview shows exactly who would get which text now, and who would get nothing and why. Nothing leaves the house.</p>
            <div className="mt-4">{button}</div>
          </EmptyState>
        </div>
      ) : (
        <Shown runId={review.lastPreviewId} button={button} isStale={workflow.previewedAt === null} />
      )}
      <StandingApprovals workflow={workflow} />
    </div>
  );
};

type ShownProps = { readonly runId: Id<"workflowRun">; readonly button: ReactNode; readonly isStale: boolean };

const Shown = ({ button, isStale, runId }: ShownProps) => {
  const { id: clubId } = useClub();
  const run = useQuery(useTRPC().workflows.run.queryOptions({ clubId, runId }));
  const hasEnded = run.data?.phase === "ended";
  return (
    <section aria-label="Preview" className="flex flex-col gap-6">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">What it would do</h2>
          {run.data === undefined ? null : (
            <p className="text-sm text-ink-2">
              {hasEnded ? "As of " : "Being made, begun "}
              <RelativeTime at={run.data.startedAt} isInSentence />.{" "}
              {isStale && hasEnded ? "The settings have changed since, so it counts no more." : "Nothing of it leaves the house."}
            </p>
          )}
        </div>
        {button}
      </div>
      {run.isPending ? <SkeletonRows count={5} label="Loading the preview" /> : null}
      {run.isError && run.data === undefined ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : null}
      {run.data === undefined || hasEnded ? null : <RunProgress run={run.data} />}
      {run.data?.status === "failed" ? (
        <p role="alert" className="rounded-card bg-bad-tint px-4 py-3 text-sm text-bad-ink">
          The preview failed: {run.data.failureDetail}. Make another one.
        </p>
      ) : null}
      {run.data === undefined ? null : <RunBody run={run.data} />}
    </section>
  );
};
