"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useQueryState } from "nuqs";

import { useClub } from "#components/lib/club.tsx";
import { clubPath } from "#components/lib/paths.ts";
import { useTRPC } from "#components/lib/trpc.tsx";
import { CustomSettings } from "#components/workflows/custom/custom-settings.tsx";
import { PreviewTab } from "#components/workflows/preview-tab.tsx";
import { ReviewTab } from "#components/workflows/review-tab.tsx";
import { RunList } from "#components/workflows/run-list.tsx";
import { WORKFLOW_TABS, workflowParams, type WorkflowTab } from "#components/workflows/search-params.ts";
import { SettingsTab } from "#components/workflows/settings-tab.tsx";
import { WorkflowHead } from "#components/workflows/workflow-head.tsx";
import type { WorkflowDetails, WorkflowReview } from "#components/workflows/workflow-types.ts";
import { ErrorState } from "#components/ui/error-state.tsx";
import { Page } from "#components/ui/page.tsx";
import { SkeletonRows } from "#components/ui/skeleton.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Id } from "#server/domain/ids.ts";

const PANEL_ID = "workflow-panel";

const LABELS = { preview: "Preview", settings: "Settings", history: "History", review: "Review" } as const satisfies Record<
  WorkflowTab,
  string
>;

/** One workflow: whom it would reach, how it is set, what it did, and whether its first day went well. */
export const WorkflowScreen = ({ workflowId }: { readonly workflowId: Id<"workflow"> }) => {
  const { id: clubId, slug } = useClub();
  const trpc = useTRPC();
  const workflow = useQuery(trpc.workflows.get.queryOptions({ clubId, workflowId }));
  const review = useQuery(trpc.workflows.reviewFacts.queryOptions({ clubId, workflowId }));
  const failed = [workflow, review].find(({ data, isError }) => isError && data === undefined);
  return (
    <Page
      title={workflow.data?.name ?? "Workflow"}
      about={workflow.data?.summary ?? "One of the club’s recurring works."}
      aside={
        <Link href={clubPath(slug, "workflows")} className="text-sm underline underline-offset-2">
          All workflows
        </Link>
      }
    >
      {failed === undefined ? null : <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {failed === undefined && (workflow.data === undefined || review.data === undefined) ? (
        <SkeletonRows count={6} label="Loading the workflow" />
      ) : null}
      {workflow.data === undefined || review.data === undefined ? null : <Tabbed workflow={workflow.data} review={review.data} />}
    </Page>
  );
};

type TabbedProps = { readonly workflow: WorkflowDetails; readonly review: WorkflowReview };

const Tabbed = ({ review, workflow }: TabbedProps) => {
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
