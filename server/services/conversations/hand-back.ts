import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { changeHandler } from "#server/services/conversations/change-handler.ts";
import { lockConversation } from "#server/services/conversations/lock-conversation.ts";
import { ConversationInput } from "#server/services/conversations/schemas.ts";
import { MESSAGE_RECEIVED } from "#server/services/messages/message-received.ts";

/** A person gives the conversation back: the agent answers from here on, beginning with what still waits. */
export const handBack = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "conversation.take");
  const { conversationId } = ConversationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    if ((await lockConversation(tx, ctx, conversationId)) === null) {
      throw notFound("conversation");
    }
    await giveBack(tx, ctx, { conversationId, cause: "handed_back" });
    await recordAudit(tx, ctx, { action: "conversation.handed_back", entityId: conversationId });
  });
};

/** Ends the person's stretch because its time is over. Quiet when it was ended or prolonged meanwhile. */
export const handBackByTimer = async (ctx: ServiceContext, { conversationId }: ConversationInput): Promise<void> => {
  assertCan(ctx, "agent.run");
  await inTransaction(ctx, async (tx) => {
    const due = await tx.db.conversation.count({
      where: { id: conversationId, clubId: ctx.clubId, handledBy: "staff", handBackAt: { lte: tx.now } },
    });
    if (due === 0) {
      return;
    }
    await giveBack(tx, ctx, { conversationId, cause: "timer" });
    await recordAudit(tx, ctx, { action: "conversation.handed_back", entityId: conversationId });
  });
};

/** The agent goes on from here; what waits is thought about again. Part of the caller's transaction. */
export const giveBack = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conversationId, cause }: { readonly conversationId: Id<"conversation">; readonly cause: "handed_back" | "timer" },
): Promise<void> => {
  const hasChanged = await changeHandler(tx, ctx, { conversationId, to: "agent", cause, userId: null, handBackAt: null });
  await tx.db.conversation.updateMany({
    where: { id: conversationId, clubId: ctx.clubId },
    data: { automaticReplyCount: 0, automaticRepliesSince: null },
  });
  const waiting = await tx.db.message.findFirst({
    where: { clubId: ctx.clubId, conversationId, direction: "inbound", requiresResponse: true },
    orderBy: { sequence: "desc" },
    select: { id: true },
  });
  if (hasChanged && waiting !== null) {
    // The run of this message ended when a person held the conversation; its slot is freed so that it can be thought about again.
    await tx.db.agentRun.updateMany({
      where: {
        clubId: ctx.clubId,
        conversationId,
        messageId: waiting.id,
        status: { in: ["succeeded", "awaiting_approval", "failed", "cancelled"] },
      },
      data: { status: "queued", endCode: null, attempt: { increment: 1 } },
    });
    tx.news.changes.push({
      topic: "conversation",
      conversationId,
      event: { name: MESSAGE_RECEIVED, data: { conversationId, messageId: waiting.id } },
    });
  }
};
