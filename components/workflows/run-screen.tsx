"use client";

import { useQuery } from "@tanstack/react-query";
import { Square } from "lucide-react";
import Link from "next/link";
import { lazy, Suspense, useState } from "react";

import { useClub, useMay } from "#components/lib/club.tsx";
import { clubPath, workflowPageOf } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { ReferralCases } from "#components/past-due/referral-cases.tsx";
import { ApproveCard } from "#components/workflows/approve-card.tsx";
import { PauseButtons } from "#components/workflows/pause-buttons.tsx";
import { RunBody } from "#components/workflows/run-body.tsx";
import { RunProgress } from "#components/workflows/run-progress.tsx";
import { RunSteps } from "#components/workflows/run-steps.tsx";
import { Stopped } from "#components/workflows/stopped.tsx";
import type { RunDetails, WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { runLabel, stepDuration, TRIGGER_WORDS } from "#components/workflows/workflow-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { OPEN_RUN_STATUSES } from "#server/domain/workflows/kinds.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const StopRunDialog = lazy(async () => ({ default: (await import("#components/workflows/stop-run-dialog.tsx")).StopRunDialog }));

/** One run: how far it is while it goes on, and all it did once it has ended. */
export const RunScreen = ({ runId }: { readonly runId: Id<"workflowRun"> }) => {
  const { id: clubId } = useClub();
  const trpc = useTRPC();
  const run = useQuery(trpc.workflows.run.queryOptions({ clubId, runId }));
  const workflowId = run.data?.workflowId;
  const workflow = useQuery({
    ...trpc.workflows.get.queryOptions({ clubId, workflowId: workflowId ?? ("" as Id<"workflow">) }),
    enabled: workflowId !== undefined,
  });
  const kind = run.data === undefined ? "Run" : run.data.trigger === "preview" ? "Preview" : run.data.isDryRun ? "Dry run" : "Run";
  return (
    <Page
      title={workflow.data === undefined ? kind : `${kind}: ${workflow.data.name}`}
      about={
        run.data?.isDryRun === true
          ? "A plan: who would get what, with the very words. Nothing left the house."
          : "What this run does, person by person. The figures move while it goes on."
      }
      aside={workflow.data === undefined ? null : <Back workflow={workflow.data} />}
    >
      {run.isPending ? <SkeletonRows count={6} label="Loading the run" /> : null}
      {run.isError && run.data === undefined ? <ErrorState error={run.error} onRetry={() => void run.refetch()} /> : null}
      {run.data === undefined ? null : <Shown run={run.data} workflow={workflow.data} />}
    </Page>
  );
};

const Back = ({ workflow }: { readonly workflow: WorkflowDetails }) => {
  const { slug } = useClub();
  return (
    <nav aria-label="Where this belongs" className="flex gap-3 text-sm">
      <Link href={clubPath(slug, "workflows")} className="underline underline-offset-2">
        All workflows
      </Link>
      <Link href={workflowPageOf(slug, workflow, "history")} className="underline underline-offset-2">
        All runs of it
      </Link>
    </nav>
  );
};

type ShownProps = { readonly run: RunDetails; readonly workflow: WorkflowDetails | undefined };

const Shown = ({ run, workflow }: ShownProps) => {
  const isOpen = (OPEN_RUN_STATUSES as readonly string[]).includes(run.status);
  const isAsking = run.status === "waiting" && run.phase === "approving";
  return (
    <div className="flex flex-col gap-8">
      <div className="flex flex-col gap-4">
        {isOpen && !run.isDryRun ? <Stopped /> : null}
        <Head run={run} workflow={workflow} isOpen={isOpen} />
        {run.failureDetail === null || run.status === "cancelled" ? null : (
          <p role="alert" className="rounded-card bg-bad-tint px-4 py-3 text-sm text-bad-ink">
            It failed: {run.failureDetail}. Nothing of it goes on by itself; you may run it again.
          </p>
        )}
        {isAsking ? <ApproveCard run={run} /> : null}
        {isOpen && !isAsking ? <RunProgress run={run} /> : null}
      </div>
      {workflow?.kind === "referral" && !run.isDryRun ? <ReferralCases runId={run.id} /> : null}
      <RunBody run={run} />
      <section aria-labelledby="steps-title">
        <h2 id="steps-title" className="mb-3 text-lg font-semibold">
          Step by step
        </h2>
        <RunSteps run={run} />
      </section>
    </div>
  );
};

const Head = ({ isOpen, run, workflow }: ShownProps & { readonly isOpen: boolean }) => {
  const [isStopping, setIsStopping] = useState(false);
  const mayRun = useMay("workflow.run");
  const isPaused = isOpen && workflow?.isPaused === true;
  const { label, tone } = isPaused ? ({ label: "Paused", tone: "warn" } as const) : runLabel(run);
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2 tabular-nums">
        <span role="status">
          <span className="sr-only">State: </span>
          <Chip tone={tone}>{label}</Chip>
        </span>
        {run.isDryRun ? <Chip tone="outline">Dry run</Chip> : null}
        <span>
          {TRIGGER_WORDS[run.trigger]}, <RelativeTime at={run.startedAt} isInSentence />
        </span>
        {run.durationMs === null ? null : <span>took {stepDuration(run.durationMs)}</span>}
        <span>
          {run.tokens === 0 ? "no model call" : `${run.tokens.toLocaleString("en-US")} tokens, ${formatCostMicros(run.costMicros)}`}
        </span>
      </div>
      {isOpen && mayRun ? (
        <div className="flex gap-3">
          {workflow === undefined || run.isDryRun ? null : <PauseButtons workflow={workflow} />}
          <Button size="sm" className="border-bad-ink/40 text-bad-ink" onClick={() => setIsStopping(true)}>
            <Square aria-hidden="true" />
            Stop this run
          </Button>
        </div>
      ) : null}
      {isStopping ? (
        <Suspense fallback={null}>
          <StopRunDialog runId={run.id} onClose={() => setIsStopping(false)} />
        </Suspense>
      ) : null}
    </div>
  );
};
