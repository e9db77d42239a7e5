"use client";

import { Check } from "lucide-react";
import Link from "next/link";

import { useClock } from "#components/lib/clock.tsx";
import { useClub, useMay } from "#components/lib/club.tsx";
import { formatAgo } from "#components/lib/format.ts";
import { clubPath, workflowRunPath } from "#components/lib/paths.ts";
import { useTRPCClient } from "#components/lib/trpc.tsx";
import { RunList } from "#components/workflows/run-list.tsx";
import { useWorkflowChange } from "#components/workflows/use-workflow-change.ts";
import type { WorkflowDetails, WorkflowReview } from "#components/workflows/workflow-types.ts";
import { Button } from "#components/ui/button.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { OUTCOMES, OUTCOME_WORDS } from "#server/domain/workflows/outcomes.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const CELL = "px-3 py-2 text-right tabular-nums first:pl-4 first:text-left last:pr-4";

type ReviewTabProps = { readonly workflow: WorkflowDetails; readonly review: WorkflowReview };

/** What the first day came to, beside what the preview foresaw; and the yes that lets the next workflow follow. */
export const ReviewTab = ({ review, workflow }: ReviewTabProps) => {
  const { happened } = review;
  return (
    <div className="flex flex-col gap-8">
      <Verdict workflow={workflow} review={review} />
      {happened === null ? null : (
        <section aria-labelledby="compared-title">
          <h2 id="compared-title" className="text-lg font-semibold">
            Foreseen and done
          </h2>
          <p className="mt-0.5 mb-3 max-w-[72ch] text-sm text-ink-2">
            All live runs since it went live. Each run looks at everybody anew, so somebody may be counted once in every run.
          </p>
          <Comparison review={review} />
          <p className="mt-3 text-xs text-ink-3 tabular-nums">
            {happened.runCount} {happened.runCount === 1 ? "run" : "runs"} ended
            {happened.failedRunCount === 0 ? "" : `, ${happened.failedRunCount} of them failed`};{" "}
            {happened.tokens === 0
              ? "no model call"
              : `${happened.tokens.toLocaleString("en-US")} tokens, ${formatCostMicros(happened.costMicros)}`}
            {happened.openCount === 0 ? "" : `; ${happened.openCount.toLocaleString("en-US")} still open`}.
          </p>
        </section>
      )}
      <section aria-labelledby="decisions-title">
        <h2 id="decisions-title" className="mb-3 text-lg font-semibold">
          Its runs
        </h2>
        <RunList workflowId={workflow.id} />
      </section>
    </div>
  );
};

const Verdict = ({ review, workflow }: ReviewTabProps) => {
  const clock = useClock();
  const { id: clubId, slug } = useClub();
  const client = useTRPCClient();
  const mayManage = useMay("workflow.manage");
  const accept = useWorkflowChange({
    change: () => client.workflows.review.mutate({ clubId, workflowId: workflow.id }),
    done: "Reviewed: the next workflow may go live",
  });
  const { title, about } = verdictOf(workflow, { ...review, ago: (at) => formatAgo(at, clock) });
  return (
    <section aria-label="Review" className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base font-semibold">{title}</h2>
        <p className="mt-0.5 max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>
      </div>
      {review.mayReview && mayManage ? (
        <Button kind="primary" isBusy={accept.isPending} onClick={() => accept.mutate(null)}>
          <Check aria-hidden="true" />
          All right, offer the next
        </Button>
      ) : null}
      {workflow.reviewedAt === null ? null : (
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          See what is next
        </Link>
      )}
    </section>
  );
};

type Standing = Pick<WorkflowReview, "happened" | "mayReview"> & { readonly ago: (at: Date) => string };

const verdictOf = (
  workflow: WorkflowDetails,
  { ago, happened, mayReview }: Standing,
): { readonly title: string; readonly about: string } => {
  if (workflow.isDryRun) {
    return { title: "Nothing to review yet", about: "Once it is live, what its first day came to stands here beside its preview." };
  }
  if (workflow.reviewedAt !== null) {
    return {
      title: "Its first day was reviewed",
      about: `Somebody looked at it (${ago(workflow.reviewedAt)}), and the next workflow may go live.`,
    };
  }
  if (mayReview) {
    return {
      title: "Did its first day go well?",
      about:
        "Look at what it did, person by person where you like. With your yes the next workflow is offered; without it, take it back to a dry run.",
    };
  }
  if (workflow.reviewFrom !== null && (happened?.runCount ?? 0) > 0) {
    return {
      title: "Its first day is not over",
      about: `It can be reviewed ${ago(workflow.reviewFrom)}. The figures below move until then.`,
    };
  }
  return { title: "It has not run since it went live", about: "A day and at least one live run belong to a review." };
};

const Comparison = ({ review: { foreseen, happened } }: { readonly review: WorkflowReview }) => {
  const { slug } = useClub();
  const shown = OUTCOMES.filter((state) => (foreseen?.totals[state] ?? 0) + (happened?.totals[state] ?? 0) > 0);
  return shown.length === 0 ? (
    <p className="rounded-card border border-line bg-surface px-4 py-5 text-sm text-ink-3">Nobody was looked at yet.</p>
  ) : (
    <div className="overflow-hidden rounded-card border border-line bg-surface">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-ink-3">
            <th scope="col" className={`${CELL} font-normal`}>
              Outcome
            </th>
            <th scope="col" className={`${CELL} font-normal`}>
              {foreseen === null ? (
                "Preview"
              ) : (
                <Link href={workflowRunPath(slug, foreseen.runId)} className="underline underline-offset-2">
                  Preview <RelativeTime at={foreseen.at} isInSentence />
                </Link>
              )}
            </th>
            <th scope="col" className={`${CELL} font-normal`}>
              Live
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((state) => (
            <tr key={state} className="border-b border-line last:border-b-0">
              <th scope="row" className={`${CELL} font-normal`}>
                {OUTCOME_WORDS[state]}
              </th>
              <td className={CELL}>{foreseen === null ? "–" : (foreseen.totals[state] ?? 0).toLocaleString("en-US")}</td>
              <td className={CELL}>{(happened?.totals[state] ?? 0).toLocaleString("en-US")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
