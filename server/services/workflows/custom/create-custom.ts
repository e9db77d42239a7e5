import "server-only";

import { z } from "zod";

import type { Id } from "#server/domain/ids.ts";
import { CustomTask } from "#server/domain/workflows/custom-task.ts";
import { WorkflowKind } from "#server/domain/workflows/kinds.ts";
import { Schedule } from "#server/domain/workflows/schedule.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffId } from "#server/services/workflows/internal.ts";

export const CreateCustomInput = z.object({
  name: z.string().trim().min(1).max(80),
  schedule: Schedule,
  task: CustomTask,
  /** The built-in one whose task was taken as the beginning; it stays as it is. */
  copiedFrom: WorkflowKind.nullable().default(null),
});

/** A task in the owner's own words: off and dry, like every workflow, until somebody has seen what it would do. */
export const createCustom = async (
  ctx: ServiceContext,
  raw: z.input<typeof CreateCustomInput>,
): Promise<{ readonly workflowId: Id<"workflow"> }> => {
  assertCan(ctx, "workflow.manage");
  const { copiedFrom, name, schedule, task } = CreateCustomInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const workflowId = newId("workflow");
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
    const document = { schedule, settings: task };
    await tx.db.workflow.createMany({
      data: { id: workflowId, ...scope, kind: "custom", name, ...document, createdAt: tx.now, updatedAt: tx.now },
    });
    const version = { id: newId("workflowVersion"), ...scope, workflowId, version: 1, document };
    await tx.db.workflowVersion.createMany({ data: { ...version, publishedById: staffId(ctx), publishedAt: tx.now } });
    await recordAudit(tx, ctx, { action: "workflow.created", entityId: workflowId, details: { kind: "custom", copiedFrom } });
    tx.news.changes.push({ topic: "workflow" });
    return { workflowId };
  });
};
