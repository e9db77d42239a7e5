import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";

type Stuck = { readonly chaseId: Id<"escalationChase">; readonly conversationId: string };

const keyOf = (conversationId: string): string => `chase:${conversationId}`;

/**
 * Nobody can be told of a conversation that waits, because the chase or its next step breaks: a card says so for as long as that lasts.
 * Quiet where the step was taken all the same, and where nobody need be told any more. Harmless to repeat.
 */
export const reportStuckChase = async (ctx: ServiceContext, { chaseId, conversationId }: Stuck): Promise<void> => {
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    const place = await lockConversation(tx, ctx, conversationId);
    const chase = await tx.db.escalationChase.findFirst({ where: { id: chaseId, clubId: ctx.clubId }, select: { nextStepAt: true } });
    const isDue = chase === null || (chase.nextStepAt !== null && chase.nextStepAt <= tx.now);
    if (place?.status !== "open" || !isDue) {
      return;
    }
    const key = keyOf(conversationId);
    const isKnown = (await tx.db.alert.count({ where: { clubId: ctx.clubId, key, resolvedAt: null } })) > 0;
    await raiseAlert(tx, ctx, {
      kind: "effect_failed",
      severity: "critical",
      key,
      title: "Nobody is told of a conversation that waits",
      detail: "The next step of the rules for what nobody takes breaks, and is tried each minute. Open the conversation and take it.",
      conversationId,
    });
    if (!isKnown) {
      await recordAudit(tx, ctx, { action: "alert.raised", entityId: chaseId, details: { kind: "effect_failed" } });
    }
  });
};

/** People are told again, or need not be any more. Part of the caller's transaction. */
export const settleStuckChase = (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> =>
  settleAlert(tx, ctx, keyOf(conversationId));
