import "server-only";

import { recordAudit } from "#server/services/audit.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Closing = { readonly conversationId: string };

/** Withdraws the open question of a conversation, for something has changed: a yes that comes now does nothing. */
export const closeConfirmations = async (tx: ServiceTx, ctx: ServiceContext, { conversationId }: Closing): Promise<void> => {
  const rows = await tx.db.$queryRaw<{ id: string; effectId: string }[]>`
    update "Confirmation" set status = 'superseded', "decidedAt" = ${tx.now}
    where "clubId" = ${ctx.clubId} and "conversationId" = ${conversationId} and status = 'pending'
    returning id, "effectId"`;
  for (const { id, effectId } of rows) {
    await tx.db.effect.updateMany({
      where: { id: effectId, clubId: ctx.clubId, status: "planned" },
      data: { status: "dropped", failureKind: "superseded", settledAt: tx.now, updatedAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "confirmation.superseded", entityId: id });
    await settleUse(tx, ctx, { effectId, outcome: "expired", line: null, needsPerson: false });
  }
};
