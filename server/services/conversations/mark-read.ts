import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { ConversationInput } from "./schemas.ts";

/** Notes that somebody has seen all messages. Nothing happens when there was nothing unread. @throws `not_found` */
export const markRead = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "conversation.read");
  const { conversationId } = ConversationInput.parse(raw);
  const where = { id: conversationId, clubId: ctx.clubId };
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.conversation.updateMany({
      where: { ...where, unreadCount: { gt: 0 } },
      data: { unreadCount: 0, updatedAt: tx.now },
    });
    if (count === 0) {
      await assertExists(tx.db.conversation.findFirst({ where, select: { id: true } }));
      return;
    }
    await tx.db.message.updateMany({
      where: { conversationId, clubId: ctx.clubId, direction: "inbound", status: "unread" },
      data: { status: "read", readAt: tx.now },
    });
    await recordAudit(tx, ctx, { action: "conversation.read", entityId: conversationId });
    tx.news.changes.push({ topic: "conversation", conversationId });
  });
};

const assertExists = async (found: Promise<unknown>): Promise<void> => {
  if ((await found) === null) {
    throw notFound("conversation");
  }
};
