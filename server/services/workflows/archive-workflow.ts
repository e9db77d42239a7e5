import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { OPEN_RUN_STATUSES } from "#server/domain/workflows/kinds.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockWorkflow } from "#server/services/workflows/read-workflow.ts";
import { WorkflowInput } from "#server/services/workflows/start-run.ts";

/**
 * Takes a workflow of the owner's own words off the list for good; what it did stays in the history. @throws `precondition_failed` for a
 * built-in one, and while a run of it goes on
 */
export const archiveWorkflow = async (ctx: ServiceContext, raw: WorkflowInput): Promise<void> => {
  assertCan(ctx, "workflow.manage");
  const { workflowId } = WorkflowInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { kind } = await lockWorkflow(tx, ctx, workflowId);
    if (kind !== "custom") {
      throw new DomainError("precondition_failed", "this workflow can be switched off, not removed");
    }
    const open = await tx.db.workflowRun.count({
      where: { clubId: ctx.clubId, workflowId, OR: [{ status: { in: [...OPEN_RUN_STATUSES] } }, { openCount: { gt: 0 } }] },
    });
    if (open > 0) {
      throw new DomainError("precondition_failed", "a run of it goes on; stop it first");
    }
    await tx.db.workflow.updateMany({
      where: { id: workflowId, clubId: ctx.clubId, archivedAt: null },
      data: { archivedAt: tx.now, isOn: false, nextDueAt: null, updatedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "workflow.archived", entityId: workflowId });
    tx.news.changes.push({ topic: "workflow" });
  });
};
