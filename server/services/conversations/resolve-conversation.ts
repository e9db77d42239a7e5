import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { noteAnswered } from "#server/services/draft-comparisons/open-draft.ts";
import { dropPlans } from "#server/services/effects/drop-plans.ts";
import { endChases } from "#server/services/escalations/end-chases.ts";
import { addEvent } from "#server/services/messages/add-event.ts";

import { ConversationInput } from "./schemas.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";

/**
 * Closes a conversation: nobody waits any more, and what the agent had drafted or planned is dropped. The next message
 * of the contact opens it again. @throws `not_found` also when it is closed already
 */
export const resolveConversation = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "conversation.resolve");
  const { conversationId } = ConversationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.conversation.updateMany({
      where: { id: conversationId, clubId: ctx.clubId, status: { in: ["open", "snoozed"] } },
      data: {
        status: "resolved",
        resolvedAt: tx.now,
        snoozedUntil: null,
        needsYou: "none",
        waitingSince: null,
        requiresResponse: false,
        unreadCount: 0,
        updatedAt: tx.now,
      },
    });
    if (count === 0) {
      throw notFound("open conversation");
    }
    await dropPlans(tx, ctx, { conversationId, reason: "answered_already", plannedBy: ["agent"] });
    await noteAnswered(tx, ctx, conversationId);
    await endChases(tx, ctx, conversationId);
    await addEvent(tx, ctx, { conversationId, code: "resolved" });
    await tx.db.ticket.updateMany({
      where: { clubId: ctx.clubId, conversationId, status: "open" },
      data: { status: "done", doneAt: tx.now },
    });
    await settleNotifications(tx, ctx, { subjectIds: [conversationId] });
    await recordAudit(tx, ctx, { action: "conversation.resolved", entityId: conversationId });
    tx.news.changes.push({ topic: "conversation", conversationId });
  });
};
