import "server-only";

import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { countOutcomes } from "#server/services/workflows/count-outcomes.ts";
import { finishRun } from "#server/services/workflows/finish-run.ts";
import { lockRun, moveRun, type RunRow } from "#server/services/workflows/internal.ts";
import { LEASE_SECONDS, OPEN_MAX_HOURS } from "#server/services/workflows/limits.ts";
import { settleOutcomes } from "#server/services/workflows/settle-outcomes.ts";

const HOUR_MS = 3_600_000;

/**
 * Brings the outcomes of a run up to date with what became of their effects, counts them, and ends the run once nothing of it waits.
 * Harmless to repeat, by anybody, at any time.
 */
export const settleRun = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<{ readonly isOpen: boolean }> => {
  assertCan(ctx, "workflow.work");
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (run.isDryRun || (run.phase !== "acting" && run.phase !== "ended")) {
      return { isOpen: false };
    }
    const settled = await settleOutcomes(tx, ctx, run);
    await giveUp(tx, ctx, run);
    const { counts, left } = await countOutcomes(tx, ctx, runId);
    const openCount = left.planned + left.deferred + left.waiting + left.unknown;
    if (settled.length > 0) {
      await recordAudit(tx, ctx, { action: "workflow.settled", entityId: runId, details: { settledCount: settled.length, openCount } });
    }
    if (run.phase === "ended") {
      // The report stands; what was in doubt then is told in the counts.
      await moveRun(tx, ctx, { runId, data: { counts, openCount } });
      return { isOpen: openCount > 0 };
    }
    const isWaiting = left.planned === 0 && left.deferred + left.waiting > 0;
    await moveRun(tx, ctx, {
      runId,
      data: {
        counts,
        openCount,
        status: isWaiting ? "waiting" : run.status,
        wakeAt: isWaiting ? wakeAt(tx.now, left.nextAt) : null,
        // A look that changed nothing is no sign of life: or whoever looks each minute would keep a run that lies there from being taken up.
        ...(settled.length > 0 ? {} : { leaseUntil: run.leaseUntil }),
      },
    });
    if (left.planned + left.deferred + left.waiting === 0) {
      await finishRun(tx, ctx, run);
    }
    return { isOpen: openCount > 0 };
  });
};

/** A look too many is harmless, a look too few leaves somebody waiting. */
const wakeAt = (now: Date, nextAt: Date | null): Date => {
  const soon = now.getTime() + LEASE_SECONDS * 1_000;
  return new Date(nextAt === null ? soon : Math.max(nextAt.getTime(), now.getTime()));
};

/** What could not even be begun in two days is not begun any more. */
const giveUp = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<void> => {
  await tx.db.workflowOutcome.updateMany({
    where: {
      clubId: ctx.clubId,
      workflowRunId: run.id,
      outcome: "planned",
      effectId: null,
      createdAt: { lt: new Date(tx.now.getTime() - OPEN_MAX_HOURS * HOUR_MS) },
    },
    data: { outcome: "failed", reason: "gave_up", settledAt: tx.now, updatedAt: tx.now },
  });
};
