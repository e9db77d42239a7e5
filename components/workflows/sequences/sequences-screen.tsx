"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";

import { useClub } from "#components/lib/club.tsx";
import { clubPath, sequencePath, workflowPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { SequenceSwitch } from "#components/workflows/sequences/sequence-switch.tsx";
import { SEQUENCE_WORDS } from "#components/workflows/sequences/sequence-words.ts";
import { NextTime } from "#components/workflows/workflow-list.tsx";
import { OnSwitch, WorkflowButtons } from "#components/workflows/workflow-buttons.tsx";
import type { SequencesView } from "#components/workflows/workflow-types.ts";
import { workflowLabel } from "#components/workflows/workflow-words.ts";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";

/** The ready sequences: which are on, how many are in them, and the work that moves them all. */
export const SequencesScreen = () => {
  const { id: clubId, slug } = useClub();
  const view = useQuery(useTRPC().workflows.sequences.queryOptions({ clubId }));
  return (
    <Page
      title="Follow-ups"
      about="A few notes each, days apart. A reply, a booking, a payment or an opt-out ends them at once."
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {view.isPending ? <SkeletonRows count={5} label="Loading sequences" /> : null}
      {view.isError && view.data === undefined ? <ErrorState error={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.data === undefined ? null : (
        <div className="flex flex-col gap-6">
          <Engine view={view.data} />
          <ul aria-label="Sequences" className="overflow-hidden rounded-card border border-line bg-surface">
            {view.data.sequences.map((sequence) => (
              <Row key={sequence.name} sequence={sequence} view={view.data} />
            ))}
          </ul>
        </div>
      )}
    </Page>
  );
};

/** All sequences are moved by one workflow, with its own schedule, dry run and history. */
const Engine = ({ view: { workflow } }: { readonly view: SequencesView }) => {
  const { slug } = useClub();
  const { label, tone } = workflowLabel(workflow);
  return (
    <section
      aria-label="All of them"
      className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-card border border-line bg-surface p-4"
    >
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2">
          <span className="text-base font-semibold">One workflow moves them all</span>
          <Chip tone={tone}>{label}</Chip>
        </p>
        <div className="mt-0.5 text-sm text-ink-2">
          <NextTime workflow={workflow} />
        </div>
        <p className="mt-1 flex gap-3 text-sm">
          <Link href={workflowPath(slug, workflow.id)} className="underline underline-offset-2">
            {workflow.isDryRun ? "Preview and go live" : "Preview"}
          </Link>
          <Link href={workflowPath(slug, workflow.id, "settings")} className="underline underline-offset-2">
            Schedule and limits
          </Link>
          <Link href={workflowPath(slug, workflow.id, "history")} className="underline underline-offset-2">
            History
          </Link>
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <OnSwitch workflow={workflow} />
        <WorkflowButtons workflow={workflow} />
      </div>
    </section>
  );
};

type RowProps = { readonly view: SequencesView; readonly sequence: SequencesView["sequences"][number] };

const Row = ({ sequence, view }: RowProps) => {
  const { slug } = useClub();
  const { about, name } = SEQUENCE_WORDS[sequence.name];
  const { activeCount, exitedCount, finishedCount, steps } = sequence;
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-3 border-b border-line px-4 py-4 last:border-b-0">
      <div className="min-w-0 flex-1 basis-72">
        <Link href={sequencePath(slug, sequence.name)} className="text-base font-semibold underline-offset-2 hover:underline">
          {name}
        </Link>
        <p className="max-w-[72ch] text-sm text-pretty text-ink-2">{about}</p>
        <p className="text-xs text-ink-3 tabular-nums">
          {steps.length} {steps.length === 1 ? "step" : "steps"}. {activeCount.toLocaleString("en-US")} in it now,{" "}
          {finishedCount.toLocaleString("en-US")} went through, {exitedCount.toLocaleString("en-US")} left before the end.
        </p>
      </div>
      <SequenceSwitch sequence={sequence.name} view={view} />
    </li>
  );
};
