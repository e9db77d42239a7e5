"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { workflowRunPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import type { RunRow } from "#components/workflows/workflow-types.ts";
import { resultLine, runLabel, stepDuration, TRIGGER_WORDS } from "#components/workflows/workflow-words.ts";
import { Button } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Panel } from "#components/ui/page.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import type { Id } from "#server/domain/ids.ts";
import { formatCostMicros } from "#server/domain/money.ts";

const HEAD = "bg-surface px-3 py-2.5 text-left text-xs font-normal whitespace-nowrap text-ink-3 first:pl-4 last:pr-4";
const CELL = "px-3 py-2.5 align-top first:pl-4 last:pr-4";

type RunListProps = {
  /** Whose runs; absent = of all workflows, and then each run says which. */
  readonly workflowId?: Id<"workflow">;
  readonly workflows?: readonly { readonly id: string; readonly name: string }[];
};

/** Runs, newest first, a page at a time; previews among them. */
export const RunList = ({ workflowId, workflows }: RunListProps) => {
  const { id: clubId } = useClub();
  const runs = useInfiniteQuery(
    useTRPC().workflows.runs.infiniteQueryOptions(
      { clubId, ...(workflowId === undefined ? {} : { workflowId }) },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const rows = runs.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {runs.isPending ? <SkeletonRows count={4} label="Loading runs" /> : null}
      {runs.isError && runs.data === undefined ? <ErrorState error={runs.error} onRetry={() => void runs.refetch()} /> : null}
      {runs.isSuccess && rows.length === 0 ? (
        <p className="rounded-card border border-line bg-surface px-4 py-5 text-sm text-ink-3">
          Nothing has run yet. A preview or a dry run appears here as well.
        </p>
      ) : null}
      {rows.length === 0 ? null : (
        <Panel label="Runs">
          <table className="w-full border-collapse text-sm">
            <thead className="max-md:sr-only">
              <tr className="border-b border-line">
                {["Run", "Result", "State"].map((name) => (
                  <th key={name} scope="col" className={HEAD}>
                    {name}
                  </th>
                ))}
                {["Took", "Model"].map((name) => (
                  <th key={name} scope="col" className={`${HEAD} text-right`}>
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((run) => (
                <Line key={run.id} run={run} name={workflows?.find(({ id }) => id === run.workflowId)?.name} />
              ))}
            </tbody>
          </table>
        </Panel>
      )}
      {runs.hasNextPage ? (
        <Button className="mt-4 self-center" isBusy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </>
  );
};

const Line = ({ name, run }: { readonly run: RunRow; readonly name: string | undefined }) => {
  const { slug } = useClub();
  const { label, tone } = runLabel(run);
  const kind = run.trigger === "preview" ? "Preview" : run.isDryRun ? "Dry run" : "Live run";
  return (
    <tr className="border-b border-line last:border-b-0 max-md:flex max-md:flex-wrap max-md:items-center max-md:gap-x-3 max-md:gap-y-1 max-md:px-4 max-md:py-3 max-md:[&>td]:p-0!">
      <td className={`${CELL} whitespace-nowrap max-md:w-full`}>
        <Link href={workflowRunPath(slug, run.id)} className="font-semibold underline underline-offset-2">
          {name === undefined ? kind : name}
        </Link>
        <p className="text-xs text-ink-3">
          {name === undefined ? "" : `${kind}, `}
          <RelativeTime at={run.startedAt} isInSentence />
          {run.trigger === "preview" ? "" : `, ${TRIGGER_WORDS[run.trigger]}`}
        </p>
      </td>
      <td className={`${CELL} text-ink-2 tabular-nums max-md:w-full`}>
        {resultLine(run.counts, run.isDryRun) || (run.status === "completed" ? "Nobody was to be looked at" : "–")}
      </td>
      <td className={CELL}>
        <Chip tone={tone}>{label}</Chip>
      </td>
      <td className={`${CELL} text-right whitespace-nowrap text-ink-2 tabular-nums max-md:text-xs`}>
        {run.durationMs === null ? "–" : stepDuration(run.durationMs)}
      </td>
      <td className={`${CELL} text-right whitespace-nowrap text-ink-2 tabular-nums max-md:text-xs`}>
        {run.tokens === 0 ? "–" : `${run.tokens.toLocaleString("en-US")} tokens, ${formatCostMicros(run.costMicros)}`}
      </td>
    </tr>
  );
};
