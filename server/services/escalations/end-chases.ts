import "server-only";

import { asId } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { settleStuckChase } from "#server/services/escalations/stuck-chase.ts";

/** A person has seen to a conversation: nobody is told of what it waited for any more. Part of the caller's transaction. */
export const endChases = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  const status = "taken";
  await settleStuckChase(tx, ctx, conversationId);
  const ended = await tx.db.escalationChase.updateManyAndReturn({
    where: { clubId: ctx.clubId, conversationId, status: "open" },
    data: { status, nextStepAt: null, endedAt: tx.now },
    select: { id: true },
  });
  for (const { id } of ended) {
    await recordAudit(tx, ctx, { action: "escalation.ended", entityId: asId("escalationChase", id), details: { status } });
  }
};
