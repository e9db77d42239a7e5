"use client";

import { Copy } from "lucide-react";
import Link from "next/link";

import { useClub, useMay } from "#components/lib/club.tsx";
import { newTaskPath, workflowRunPath } from "#components/lib/paths.ts";
import { Stopped } from "#components/workflows/stopped.tsx";
import { OnSwitch, WorkflowButtons } from "#components/workflows/workflow-buttons.tsx";
import { NextTime } from "#components/workflows/workflow-list.tsx";
import type { WorkflowDetails } from "#components/workflows/workflow-types.ts";
import { workflowLabel } from "#components/workflows/workflow-words.ts";
import { buttonStyles } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { isCopyable } from "#server/domain/workflows/custom-copies.ts";

/** How a workflow stands, its switch and buttons, and the run of it that waits for a yes. */
export const WorkflowHead = ({ workflow }: { readonly workflow: WorkflowDetails }) => {
  const { slug } = useClub();
  const mayManage = useMay("workflow.manage");
  const { label, tone } = workflowLabel(workflow);
  const { lastRun } = workflow;
  const isWaiting = lastRun?.status === "waiting" && lastRun.phase === "approving";
  return (
    <div className="mb-6 flex flex-col gap-4">
      {workflow.isDryRun ? null : <Stopped />}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-ink-2 tabular-nums">
          <Chip tone={tone}>{label}</Chip>
          <NextTime workflow={workflow} />
        </div>
        <div className="flex flex-wrap items-center gap-4">
          <OnSwitch workflow={workflow} />
          <WorkflowButtons workflow={workflow} />
          {mayManage && isCopyable(workflow.kind) ? (
            <Link href={newTaskPath(slug, workflow.kind)} className={buttonStyles({ size: "sm" })}>
              <Copy aria-hidden="true" />
              Copy
            </Link>
          ) : null}
        </div>
      </div>
      {isWaiting ? (
        <div className="flex flex-wrap items-center justify-between gap-3 rounded-card bg-warn-tint px-4 py-3 text-sm text-warn-ink">
          <p>A run of it waits for a yes. Nothing has gone out.</p>
          <Link href={workflowRunPath(slug, lastRun.id)} className={buttonStyles({ kind: "primary", size: "sm" })}>
            Look at it
          </Link>
        </div>
      ) : null}
    </div>
  );
};
