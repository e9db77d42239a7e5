import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Lets Spotter act again in this club. @throws `precondition_failed` when the club itself is not stopped, though its franchise may be */
export const clearEmergencyStop = async (ctx: ServiceContext): Promise<void> => {
  assertCan(ctx, "emergency.stop");
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.club.updateMany({
      where: { id: ctx.clubId, stoppedAt: { not: null } },
      data: { stoppedAt: null, stopReason: null, stoppedById: null },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "Spotter is not stopped by this club");
    }
    await recordAudit(tx, ctx, { action: "emergency.cleared", entityId: ctx.clubId });
    tx.news.actions.push({
      kind: "agent.resumed",
      risk: "reversible",
      summary: "Spotter was started again for this club.",
      outcome: "done",
    });
    tx.news.changes.push({ topic: "club" });
  });
};
