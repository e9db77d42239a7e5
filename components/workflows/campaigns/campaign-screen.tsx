"use client";

import { useQueryState } from "nuqs";
import { useState } from "react";

import { useClub } from "#components/lib/club.tsx";
import { campaignsPath } from "#components/lib/paths.ts";
import { CampaignEditor, useCampaignForm } from "#components/workflows/campaigns/campaign-editor.tsx";
import { draftOf } from "#components/workflows/campaigns/campaign-form.ts";
import { CampaignResultsTab } from "#components/workflows/campaigns/campaign-results.tsx";
import { useSaveCampaign } from "#components/workflows/campaigns/use-save-campaign.ts";
import { LoadedWorkflow, type Loaded } from "#components/workflows/loaded-workflow.tsx";
import { PreviewTab } from "#components/workflows/preview-tab.tsx";
import { ReviewTab } from "#components/workflows/review-tab.tsx";
import { RunList } from "#components/workflows/run-list.tsx";
import { SaveBar } from "#components/workflows/save-bar.tsx";
import { CAMPAIGN_TABS, campaignParams, type CampaignTab } from "#components/workflows/search-params.ts";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { WorkflowHead } from "#components/workflows/workflow-head.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Id } from "#server/domain/ids.ts";

const PANEL_ID = "campaign-panel";

const LABELS = {
  campaign: "Campaign",
  preview: "Preview",
  results: "Results",
  history: "History",
  review: "Review",
} as const satisfies Record<CampaignTab, string>;

/** One campaign: what it says to whom, who would get it, and what it came to. */
export const CampaignScreen = ({ workflowId }: { readonly workflowId: Id<"workflow"> }) => {
  const { slug } = useClub();
  return (
    <LoadedWorkflow
      workflowId={workflowId}
      noun="campaign"
      aboutOf={() => "Your own words to people of your choosing, each of them once."}
      all={{ label: "All campaigns", href: campaignsPath(slug) }}
    >
      {(loaded) => <Tabbed {...loaded} />}
    </LoadedWorkflow>
  );
};

const Tabbed = ({ review, workflow }: Loaded) => {
  const [tab, setTab] = useQueryState("tab", campaignParams.tab);
  return (
    <>
      <WorkflowHead workflow={workflow} />
      <div className="mb-6 border-b border-line">
        <Tabs
          label="Parts of the campaign"
          value={tab}
          panelId={PANEL_ID}
          onChange={(next) => void setTab(next)}
          tabs={CAMPAIGN_TABS.map((value) => ({ value, label: LABELS[value] }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]}>
        {tab === "campaign" ? <EditTab workflow={workflow} /> : null}
        {tab === "preview" ? <PreviewTab workflow={workflow} review={review} /> : null}
        {tab === "results" ? <CampaignResultsTab workflowId={workflow.id} /> : null}
        {tab === "history" ? <RunList workflowId={workflow.id} /> : null}
        {tab === "review" ? <ReviewTab workflow={workflow} review={review} /> : null}
      </div>
    </>
  );
};

/** An edit stays on the version it began from: what somebody else saved meanwhile moves nothing under one's hands. */
const EditTab = ({ workflow }: Pick<Loaded, "workflow">) => {
  const [held, setHeld] = useState<WorkflowDetails | null>(null);
  const [generation, setGeneration] = useState(0);
  const shown = held ?? workflow;
  const release = (): void => {
    setHeld(null);
    setGeneration((count) => count + 1);
  };
  return (
    <Form
      key={`${shown.version} ${shown.isOn} ${generation}`}
      workflow={shown}
      isOvertaken={shown.version !== workflow.version}
      onTouch={() => setHeld((before) => before ?? shown)}
      onDone={release}
    />
  );
};

const SAVE_NOTE = "Not saved yet. Runs that are under way keep the words they began with.";

type FormProps = {
  readonly workflow: WorkflowDetails;
  readonly isOvertaken: boolean;
  readonly onTouch: () => void;
  readonly onDone: () => void;
};

const Form = ({ isOvertaken, onDone, onTouch, workflow }: FormProps) => {
  const form = useCampaignForm(draftOf(workflow));
  const save = useSaveCampaign({ workflow, onDone });
  return (
    <CampaignEditor
      form={form}
      workflowId={workflow.id}
      onTouch={onTouch}
      onSave={(draft) => save.mutate(draft)}
      bar={<SaveBar isBusy={save.isPending} isOvertaken={isOvertaken} onDiscard={onDone} note={SAVE_NOTE} />}
    />
  );
};
