"use client";

import Link from "next/link";

import { useClock } from "#components/lib/clock.tsx";
import { useClub } from "#components/lib/club.tsx";
import { capitalize, formatDay, formatTime } from "#components/lib/format.ts";
import { sequencesPath, workflowPageOf, workflowRunPath } from "#components/lib/paths.ts";
import { OnSwitch, WorkflowButtons } from "#components/workflows/workflow-buttons.tsx";
import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { resultLine, runLabel, scheduleText, workflowLabel } from "#components/workflows/workflow-words.ts";
import { Chip } from "#components/ui/chip.tsx";
import { RelativeTime } from "#components/ui/relative-time.tsx";

/** Every workflow of the club with its state, its next time and what came of its last run. */
export const WorkflowList = ({ workflows }: { readonly workflows: readonly WorkflowRow[] }) => (
  <ul aria-label="Workflows" className="overflow-hidden rounded-card border border-line bg-surface">
    {workflows.map((workflow) => (
      <Row key={workflow.id} workflow={workflow} />
    ))}
  </ul>
);

const Row = ({ workflow }: { readonly workflow: WorkflowRow }) => {
  const { slug } = useClub();
  const { label, tone } = workflowLabel(workflow);
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-3 border-b border-line px-4 py-4 last:border-b-0">
      <div className="flex min-w-0 flex-1 basis-80 flex-col gap-1">
        <p className="flex flex-wrap items-center gap-2">
          <Link href={pathOf(slug, workflow)} className="text-base font-semibold underline-offset-2 hover:underline">
            {workflow.name}
          </Link>
          <Chip tone={tone}>{label}</Chip>
        </p>
        <p className="max-w-[72ch] text-sm text-pretty text-ink-2">{workflow.summary}</p>
        <LastRun workflow={workflow} />
      </div>
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 max-md:w-full max-md:justify-between md:flex-col md:items-end">
        <OnSwitch workflow={workflow} />
        <WorkflowButtons workflow={workflow} />
      </div>
    </li>
  );
};

/** Campaigns and sequences have pages of their own. */
const pathOf = (slug: string, workflow: WorkflowRow) =>
  workflow.kind === "sequence" ? sequencesPath(slug) : workflowPageOf(slug, workflow);

const LastRun = ({ workflow: { lastRun, ...workflow } }: { readonly workflow: WorkflowRow }) => {
  const { slug } = useClub();
  return (
    <div className="flex flex-col gap-0.5 text-xs text-ink-3 tabular-nums">
      <NextTime workflow={workflow} />
      {lastRun === null ? (
        <p>It has not run yet.</p>
      ) : (
        <p>
          <Link href={workflowRunPath(slug, lastRun.id)} className="text-ink-2 underline underline-offset-2">
            {lastRun.isDryRun ? "Last dry run" : "Last run"} <RelativeTime at={lastRun.startedAt} isInSentence />
          </Link>
          {": "}
          {[lastRun.status === "completed" ? "" : runLabel(lastRun).label.toLowerCase(), resultLine(lastRun.counts, lastRun.isDryRun)]
            .filter((part) => part !== "")
            .join(". ")}
          .
        </p>
      )}
    </div>
  );
};

/** The next slot as the club's clock will show it. */
export const NextTime = ({
  workflow: { isPaused, nextDueAt, schedule },
}: {
  readonly workflow: Pick<WorkflowRow, "isPaused" | "nextDueAt" | "schedule">;
}) => {
  const clock = useClock();
  const words = capitalize(scheduleText(schedule));
  if (nextDueAt === null || isPaused) {
    return <p>{`${words}, ${isPaused ? "while it is not paused" : "once it is switched on"}.`}</p>;
  }
  return (
    <p>
      {words}. Next: {dayOf(nextDueAt, clock)}, {formatTime(nextDueAt, clock.zone)}.
    </p>
  );
};

const DAY_MS = 86_400_000;

/** The words of `formatDay` look back; tomorrow is the day whose yesterday is today. */
const dayOf = (at: Date, { now, zone }: ReturnType<typeof useClock>): string => {
  const isTomorrow = formatDay(new Date(at.getTime() - DAY_MS), { now, zone }) === "Today";
  return isTomorrow ? "tomorrow" : formatDay(at, { now, zone }).replace("Today", "today");
};
