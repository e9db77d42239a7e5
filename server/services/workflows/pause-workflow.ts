import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { OPEN_RUN_STATUSES } from "#server/domain/workflows/kinds.ts";
import { nextSlot } from "#server/domain/workflows/schedule.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { releaseWorkflow } from "#server/services/workflows/hold-for-workflow.ts";
import { driveRun } from "#server/services/workflows/internal.ts";
import { lockWorkflow } from "#server/services/workflows/read-workflow.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

/** Whatever this workflow is doing stands still from the next person on; nothing is lost. @throws `precondition_failed` when it is paused */
export const pauseWorkflow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.run");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { isPaused } = await lockWorkflow(tx, ctx, workflowId);
    if (isPaused) {
      throw new DomainError("precondition_failed", "this workflow is paused already");
    }
    await tx.db.workflow.updateMany({ where: { id: workflowId, clubId: ctx.clubId }, data: { isPaused: true, updatedAt: tx.now } });
    await recordAudit(tx, ctx, { action: "workflow.paused", entityId: workflowId });
    tx.news.changes.push({ topic: "workflow" });
  });
};

/** Lets a paused workflow go on where it stood; slots it missed are caught up once. @throws `precondition_failed` when it is not paused */
export const resumeWorkflow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.run");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { isOn, isPaused, lastSlotAt, schedule, timeZone } = await lockWorkflow(tx, ctx, workflowId);
    if (!isPaused) {
      throw new DomainError("precondition_failed", "this workflow is not paused");
    }
    const nextDueAt = isOn ? (nextSlot(schedule, { timeZone, after: lastSlotAt ?? tx.now })?.at ?? null) : null;
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId },
      data: { isPaused: false, nextDueAt, updatedAt: tx.now },
    });
    await releaseWorkflow(tx, ctx, workflowId);
    await recordAudit(tx, ctx, { action: "workflow.resumed", entityId: workflowId });
    const runs = await tx.db.workflowRun.findMany({
      where: { clubId: ctx.clubId, workflowId, status: { in: [...OPEN_RUN_STATUSES] }, phase: { not: "approving" } },
      select: { id: true },
    });
    for (const { id } of runs) {
      driveRun(tx, id);
    }
    tx.news.changes.push({ topic: "workflow" });
  });
};
