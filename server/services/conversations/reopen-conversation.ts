import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { addEvent } from "#server/services/messages/add-event.ts";

import { ConversationInput } from "./schemas.ts";

/** Opens a closed or snoozed conversation; who handles it stays as it was. @throws `not_found` also when it is open already */
export const reopenConversation = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "conversation.resolve");
  const { conversationId } = ConversationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.conversation.updateMany({
      where: { id: conversationId, clubId: ctx.clubId, status: { in: ["resolved", "snoozed"] } },
      data: { status: "open", resolvedAt: null, snoozedUntil: null, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("closed conversation");
    }
    await addEvent(tx, ctx, { conversationId, code: "reopened" });
    await recordAudit(tx, ctx, { action: "conversation.reopened", entityId: conversationId });
    tx.news.changes.push({ topic: "conversation", conversationId });
  });
};
