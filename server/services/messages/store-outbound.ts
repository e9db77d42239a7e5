import "server-only";

import { newId } from "#server/platform/ids.ts";
import { keepMedia } from "#server/services/attachments/keep-media.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { settleWaiting } from "#server/services/conversations/settle-waiting.ts";
import { changeHandler } from "#server/services/conversations/change-handler.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { noteAnswered } from "#server/services/draft-comparisons/open-draft.ts";
import type { Arrived } from "#server/services/messages/store-message.ts";

/**
 * An outbound message that is not ours: a person answered on the vendor's own page or phone. It is stored, and the
 * conversation is theirs for the club's hand-back time, counted from when they wrote. An older one changes nothing.
 */
export const storeOutbound = async (tx: ServiceTx, ctx: ServiceContext, { arrival, place }: Arrived): Promise<void> => {
  const { message } = arrival;
  const sequence = place.conversation.messageSequence + 1;
  const messageId = newId("message");
  await tx.db.message.createMany({
    data: {
      id: messageId,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: place.conversationId,
      connectionId: arrival.connection.id,
      direction: "outbound",
      author: "staff",
      staffName: message.authorName ?? null,
      externalId: message.externalId,
      subject: message.subject ?? null,
      body: arrival.text,
      bodyHtml: message.html ?? null,
      bodyHash: arrival.bodyHash,
      status: message.deliveryStatus === "delivered" ? "delivered" : "sent",
      sequence,
      sentAt: message.sentAt,
      receivedAt: tx.now,
      createdAt: tx.now,
    },
  });
  await keepMedia(tx, ctx, { media: message.media, messageId });
  await tx.db.conversation.updateMany({
    where: { id: place.conversationId, clubId: ctx.clubId },
    data: {
      messageSequence: sequence,
      lastMessageAt: tx.now,
      lastMessagePreview: arrival.preview,
      lastMessageDirection: "outbound",
      lastMessageAuthor: "staff",
      updatedAt: tx.now,
    },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: place.conversationId });
  const { policy } = await resolvedPolicy(tx, ctx);
  const handBackAt = new Date(message.sentAt.getTime() + policy.handBackHours * 3_600_000);
  if (handBackAt > tx.now) {
    if (await isNewerThanAllInbound(tx, ctx, { arrival, place })) {
      await settleWaiting(tx, ctx, { conversationId: place.conversationId, isByPerson: true, inboundSequence: null });
      await noteAnswered(tx, ctx, place.conversationId);
    }
    await changeHandler(tx, ctx, {
      conversationId: place.conversationId,
      to: "staff",
      cause: "replied_elsewhere",
      userId: null,
      handBackAt,
    });
  }
};

/** Both instants are the vendor's. What was written before a question, and only turned up after it, does not answer it. */
const isNewerThanAllInbound = async (tx: ServiceTx, ctx: ServiceContext, { arrival, place }: Arrived): Promise<boolean> => {
  const laterCount = await tx.db.message.count({
    where: { clubId: ctx.clubId, conversationId: place.conversationId, direction: "inbound", sentAt: { gt: arrival.message.sentAt } },
  });
  return laterCount === 0;
};
