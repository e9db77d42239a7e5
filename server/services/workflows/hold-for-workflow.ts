import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** How long what a paused workflow has planned rests before it is looked at again; going on wakes it earlier. */
const HOLD_SECONDS = 60;
/** Marks an effect that waits for nothing but its workflow. */
const HELD = "workflow_paused";

/** Keeps an effect of a workflow that is paused. False when nothing holds it. A pause waits for transactions that have read that there is none. */
export const holdForWorkflow = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ isPaused: boolean }[]>`
    select w."isPaused" from "WorkflowOutcome" o join "Workflow" w on w.id = o."workflowId" and w."clubId" = o."clubId"
    where o."effectId" = ${effectId} and o."clubId" = ${ctx.clubId} for share of w`;
  if (row?.isPaused !== true) {
    return false;
  }
  await tx.db.effect.updateMany({
    where: { id: effectId, clubId: ctx.clubId, status: { in: ["planned", "approved"] } },
    data: { notBefore: new Date(tx.now.getTime() + HOLD_SECONDS * 1_000), failureKind: HELD, updatedAt: tx.now },
  });
  return true;
};

/** Wakes what was held. */
export const releaseWorkflow = async (tx: ServiceTx, ctx: ServiceContext, workflowId: string): Promise<void> => {
  await tx.db.$executeRaw`
    update "Effect" e set "notBefore" = null, "failureKind" = null, "updatedAt" = ${tx.now}
    from "WorkflowOutcome" o where o."effectId" = e.id and o."clubId" = e."clubId" and o."workflowId" = ${workflowId}
      and e."clubId" = ${ctx.clubId} and e.status in ('planned', 'approved') and e."failureKind" = ${HELD}`;
};
