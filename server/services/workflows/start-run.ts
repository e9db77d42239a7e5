import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { newId } from "#server/platform/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { createRun } from "#server/services/workflows/create-run.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { lockWorkflow } from "#server/services/workflows/read-workflow.ts";

export const WorkflowInput = z.object({ workflowId: idSchema("workflow") });
export type WorkflowInput = z.input<typeof WorkflowInput>;

type Started = { readonly runId: Id<"workflowRun"> };

/** Plans what the workflow would do for whom at this moment, with the very texts, and does nothing. */
export const previewWorkflow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<Started> => {
  assertCan(ctx, "workflow.run");
  const { workflowId } = WorkflowInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const workflow = await lockWorkflow(tx, ctx, workflowId);
    specOf(workflow.kind);
    const runId = await createRun(tx, ctx, {
      workflowId,
      trigger: "preview",
      period: `preview:${newId("workflowRun")}`,
      isDryRun: true,
    });
    if (runId === null) {
      throw new DomainError("conflict", "a preview of this is being made already");
    }
    return { runId };
  });
};

/** Runs a workflow now: for real if it is live, else as a dry run. @throws `conflict` while a run of it plans or acts */
export const runWorkflowNow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<Started> => {
  assertCan(ctx, "workflow.run");
  const { workflowId } = WorkflowInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const workflow = await lockWorkflow(tx, ctx, workflowId);
    specOf(workflow.kind);
    if (workflow.isPaused) {
      throw new DomainError("precondition_failed", "this workflow is paused; let it go on first");
    }
    const runId = await createRun(tx, ctx, {
      workflowId,
      trigger: "manual",
      // Two presses within a minute are one wish.
      period: `manual:${formatInTimeZone(tx.now, workflow.timeZone, "yyyy-MM-dd'T'HH:mm")}`,
      isDryRun: workflow.isDryRun,
    });
    if (runId === null) {
      throw new DomainError("conflict", "a run of this workflow is on its way already");
    }
    return { runId };
  });
};
