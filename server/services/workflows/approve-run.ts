import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { letAct } from "#server/services/workflows/advance-run.ts";
import { storeApprovals } from "#server/services/workflows/approvals.ts";
import { driveRun, lockRun, staffId, waitsKey } from "#server/services/workflows/internal.ts";

export const RunInput = z.object({ runId: idSchema("workflowRun") });
export type RunInput = z.input<typeof RunInput>;

/**
 * A person's yes to a run that waits: it acts, and the same texts for the same groups need no other yes for thirty days. The first
 * live run of a workflow is an owner's to let go. @throws `precondition_failed` when nothing waits any more
 */
export const approveRun = async (ctx: ServiceContext, raw: RunInput): Promise<void> => {
  assertCan(ctx, "workflow.run");
  const { runId } = RunInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const userId = staffId(ctx);
    const run = await lockRun(tx, ctx, runId);
    if (run.status !== "waiting" || run.phase !== "approving") {
      throw new DomainError("precondition_failed", "this run does not wait for anybody any more");
    }
    if (run.firstLiveApprovedAt === null) {
      assertCan(ctx, "workflow.manage");
      await tx.db.workflow.updateMany({
        where: { id: run.workflowId, clubId: ctx.clubId, firstLiveApprovedAt: null },
        data: { firstLiveApprovedAt: tx.now, firstLiveApprovedById: userId, updatedAt: tx.now },
      });
    }
    const openCount = await tx.db.workflowOutcome.count({ where: { clubId: ctx.clubId, workflowRunId: runId, outcome: "planned" } });
    await storeApprovals(tx, ctx, { run, userId });
    await tx.db.workflowRun.updateMany({ where: { id: runId, clubId: ctx.clubId }, data: { approvedAt: tx.now, approvedById: userId } });
    await letAct(tx, ctx, { run, detail: "person", openCount });
    await settleAlert(tx, ctx, waitsKey(runId));
    await recordAudit(tx, ctx, { action: "workflow.approved", entityId: runId, details: { openCount } });
    driveRun(tx, runId);
  });
};
