import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub, withSystem } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { stepsOf } from "#server/services/escalations/begin-chase.ts";
import { reportStuckChase } from "#server/services/escalations/stuck-chase.ts";
import { endChase, tellStep, type Chased } from "#server/services/escalations/tell-step.ts";

const BATCH_SIZE = 100;
/** The engine takes a step at its minute and tries again by itself; what has waited so much longer has lost its run. */
const LOST_AFTER_MINUTES = 5;

type Due = { readonly id: Id<"escalationChase">; readonly franchiseId: string; readonly clubId: string };

/** Chases whose next step is overdue, because the engine's run of them has failed for good or is gone. */
export const listLostChases = (): Promise<Due[]> =>
  withSystem((tx) => {
    const overdue = new Date(tx.now.getTime() - LOST_AFTER_MINUTES * 60_000);
    return tx.db.$queryRaw<Due[]>`
      select id, "franchiseId", "clubId" from "EscalationChase" where status = 'open' and "nextStepAt" <= ${overdue}
      order by "nextStepAt", id limit ${BATCH_SIZE}`;
  });

/**
 * Takes the one step of a chase that is next, or ends it after the last. One that breaks is on a card until it works. Harmless beside a
 * run of the engine that wakes late. @throws what broke
 */
export const followChase = async (ctx: ServiceContext, { chaseId }: { readonly chaseId: Id<"escalationChase"> }): Promise<Chased> => {
  assertCan(ctx, "alert.raise");
  const chase = await withClub(
    ctx,
    (tx) =>
      tx.db.escalationChase.findFirst({
        where: { id: chaseId, clubId: ctx.clubId, status: "open" },
        select: { conversationId: true, doneCount: true, steps: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  if (chase === null) {
    return { kind: "done_already" };
  }
  const index = chase.doneCount;
  try {
    return await (index < stepsOf(chase.steps).length ? tellStep(ctx, { chaseId, index }) : endChase(ctx, { chaseId }));
  } catch (error) {
    await reportStuckChase(ctx, { chaseId, conversationId: chase.conversationId });
    throw error;
  }
};
