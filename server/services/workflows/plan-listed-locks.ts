import "server-only";

import { planLock } from "#server/services/access/plan-lock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { LockListArguments } from "#server/services/effects/effect-arguments.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { driveRun } from "#server/services/workflows/internal.ts";

type Let = { readonly effectId: string; readonly list: LockListArguments };

/**
 * A person has let the locks of a run go: each of them that is still right at this moment becomes an effect of its own, and the run
 * hands them out. Of whoever has paid, promised or was excepted meanwhile the outcome says so.
 */
export const planListedLocks = async (tx: ServiceTx, ctx: ServiceContext, { effectId, list }: Let): Promise<void> => {
  await lockDebts(
    tx,
    ctx,
    list.cases.map(({ contactId }) => contactId),
  );
  const runs = new Set<string>();
  for (const { contactId, outcomeId } of list.cases) {
    const outcome = await tx.db.workflowOutcome.findFirst({
      where: { id: outcomeId, clubId: ctx.clubId, effectId, outcome: { in: ["planned", "needs_approval"] } },
      select: { workflowRunId: true },
    });
    if (outcome === null) {
      continue;
    }
    const plan = await planLock(tx, ctx, { contactId, effectKey: `wf:${outcomeId}`, askedEffectId: effectId });
    if (plan.kind === "no") {
      await tx.db.accessLock.updateMany({
        where: { clubId: ctx.clubId, contactId, effectId, status: "asked" },
        data: { status: "dropped", updatedAt: tx.now },
      });
    }
    await tx.db.workflowOutcome.updateMany({
      where: { id: outcomeId, clubId: ctx.clubId },
      data:
        plan.kind === "planned"
          ? { effectId: plan.effectId, outcome: "planned", reason: "done", claimedUntil: null, updatedAt: tx.now }
          : { outcome: "suppressed", reason: plan.reason, settledAt: tx.now, updatedAt: tx.now },
    });
    runs.add(outcome.workflowRunId);
  }
  for (const runId of runs) {
    driveRun(tx, runId);
  }
};
