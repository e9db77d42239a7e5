"use client";

import { useQueryState } from "nuqs";

import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { CustomSettings } from "#components/workflows/custom/custom-settings.tsx";
import { LoadedWorkflow, type Loaded } from "#components/workflows/loaded-workflow.tsx";
import { PreviewTab } from "#components/workflows/preview-tab.tsx";
import { ReviewTab } from "#components/workflows/review-tab.tsx";
import { RunList } from "#components/workflows/run-list.tsx";
import { WORKFLOW_TABS, workflowParams, type WorkflowTab } from "#components/workflows/search-params.ts";
import { SettingsTab } from "#components/workflows/settings-tab.tsx";
import { WorkflowHead } from "#components/workflows/workflow-head.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Id } from "#server/domain/ids.ts";

const PANEL_ID = "workflow-panel";

const LABELS = { preview: "Preview", settings: "Settings", history: "History", review: "Review" } as const satisfies Record<
  WorkflowTab,
  string
>;

/** One workflow: whom it would reach, how it is set, what it did, and whether its first day went well. */
export const WorkflowScreen = ({ workflowId }: { readonly workflowId: Id<"workflow"> }) => {
  const { slug } = useClub();
  return (
    <LoadedWorkflow
      workflowId={workflowId}
      noun="workflow"
      aboutOf={(workflow) => workflow?.summary ?? "One of the club’s recurring works."}
      all={{ label: "All workflows", href: clubPath(slug, "workflows") }}
    >
      {(loaded) => <Tabbed {...loaded} />}
    </LoadedWorkflow>
  );
};

const Tabbed = ({ review, workflow }: Loaded) => {
  const [tab, setTab] = useQueryState("tab", workflowParams.tab);
  return (
    <>
      <WorkflowHead workflow={workflow} />
      <div className="mb-6 border-b border-line">
        <Tabs
          label="Parts of the workflow"
          value={tab}
          panelId={PANEL_ID}
          onChange={(next) => void setTab(next)}
          tabs={WORKFLOW_TABS.map((value) => ({ value, label: LABELS[value] }))}
        />
      </div>
      <div id={PANEL_ID} role="tabpanel" aria-label={LABELS[tab]}>
        {tab === "preview" ? <PreviewTab workflow={workflow} review={review} /> : null}
        {tab !== "settings" ? null : workflow.kind === "custom" ? (
          <CustomSettings workflow={workflow} />
        ) : (
          <SettingsTab workflow={workflow} />
        )}
        {tab === "history" ? <RunList workflowId={workflow.id} /> : null}
        {tab === "review" ? <ReviewTab workflow={workflow} review={review} /> : null}
      </div>
    </>
  );
};
