"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryState } from "nuqs";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { sequencesPath, workflowPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { SEQUENCE_TABS, sequenceParams, type SequenceTab } from "#components/workflows/search-params.ts";
import { SequenceForm } from "#components/workflows/sequences/sequence-form.tsx";
import { SequencePeople } from "#components/workflows/sequences/sequence-people.tsx";
import { SequenceSwitch } from "#components/workflows/sequences/sequence-switch.tsx";
import { SEQUENCE_WORDS } from "#components/workflows/sequences/sequence-words.ts";
import type { SequencesView } from "#components/workflows/workflow-types.ts";
import { workflowLabel } from "#components/workflows/workflow-words.ts";
import { Chip } from "#components/ui/chip.tsx";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { SequenceName } from "#server/domain/workflows/sequence.ts";

const PANEL_ID = "sequence-panel";
const LABELS = { steps: "Steps", now: "In it now", past: "Who was in it" } as const satisfies Record<SequenceTab, string>;

/** One sequence: its steps, what ends it, and who is where in it. */
export const SequenceScreen = ({ name }: { readonly name: SequenceName }) => {
  const { id: clubId, slug } = useClub();
  const view = useQuery(useTRPC().workflows.sequences.queryOptions({ clubId }));
  return (
    <Page
      title={SEQUENCE_WORDS[name].name}
      about={SEQUENCE_WORDS[name].about}
      aside={
        <Link href={sequencesPath(slug)} className="text-sm underline underline-offset-2">
          All follow-ups
        </Link>
      }
    >
      {view.isPending ? <SkeletonRows count={5} label="Loading the sequence" /> : null}
      {view.isError && view.data === undefined ? <ErrorState error={view.error} onRetry={() => void view.refetch()} /> : null}
      {view.data === undefined ? null : <Tabbed name={name} view={view.data} />}
    </Page>
  );
};

type TabbedProps = { readonly name: SequenceName; readonly view: SequencesView };

const Tabbed = ({ name, view }: TabbedProps) => {
  const { slug } = useClub();
  const [tab, setTab] = useQueryState("tab", sequenceParams.tab);
  const { label, tone } = workflowLabel(view.workflow);
  return (
    <>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2">
          <Chip tone={tone}>{label}</Chip>
          <Link href={workflowPath(slug, view.workflow.id)} className="underline underline-offset-2">
            Preview, run and go live
          </Link>
        </p>
        <SequenceSwitch sequence={name} view={view} />
      </div>
      <div className="mb-6 border-b border-line">
        <Tabs
          label="Parts of the sequence"
          value={tab}
          panelId={PANEL_ID}
          onChange={(next) => void setTab(next)}
          tabs={SEQUENCE_TABS.map((value) => ({ value, label: LABELS[value] }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]}>
        {tab === "steps" ? <Steps name={name} view={view} /> : null}
        {tab === "now" ? <SequencePeople key="now" name={name} isIn view={view} /> : null}
        {tab === "past" ? <SequencePeople key="past" name={name} isIn={false} view={view} /> : null}
      </div>
    </>
  );
};

/** An edit stays on the version it began from: what somebody else saved meanwhile moves nothing under one's hands. */
const Steps = ({ name, view }: TabbedProps) => {
  const [held, setHeld] = useState<SequencesView | null>(null);
  const [generation, setGeneration] = useState(0);
  const shown = held ?? view;
  const release = (): void => {
    setHeld(null);
    setGeneration((count) => count + 1);
  };
  return (
    <SequenceForm
      key={`${shown.workflow.version} ${generation}`}
      name={name}
      view={shown}
      isOvertaken={shown.workflow.version !== view.workflow.version}
      onTouch={() => setHeld((before) => before ?? shown)}
      onDone={release}
    />
  );
};
