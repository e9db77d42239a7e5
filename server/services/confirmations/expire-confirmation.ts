import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { endConfirmation } from "#server/services/confirmations/end-confirmation.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";

export type ConfirmationAddress = { readonly id: string; readonly franchiseId: string; readonly clubId: string };

const BATCH_SIZE = 100;

export const listExpiredConfirmations = (): Promise<ConfirmationAddress[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<ConfirmationAddress[]>`
      select id, "franchiseId", "clubId" from "Confirmation" where status = 'pending' and "expiresAt" <= ${tx.now} order by id limit ${BATCH_SIZE}`,
  );

/** Nobody answered in time: nothing is done, and whoever was asked hears so in one line. */
export const expireConfirmation = async (ctx: ServiceContext, { confirmationId }: { readonly confirmationId: string }): Promise<void> => {
  assertCan(ctx, "approval.request");
  const line = await inTransaction(ctx, async (tx) => {
    const row = await tx.db.confirmation.findFirst({
      where: { id: confirmationId, clubId: ctx.clubId },
      select: { conversationId: true },
    });
    if (row === null) {
      return null;
    }
    await lockConversation(tx, ctx, row.conversationId);
    const due = await tx.db.confirmation.findFirst({
      where: { id: confirmationId, clubId: ctx.clubId, status: "pending", expiresAt: { lte: tx.now } },
      select: { id: true, effectId: true },
    });
    return due === null
      ? null
      : endConfirmation(tx, ctx, { id: due.id, effectId: due.effectId as Id<"effect">, to: "expired", messageId: null });
  });
  if (line !== null) {
    await dispatchEffect(ctx, { effectId: line });
  }
};
