import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { previewOf } from "#server/domain/text.ts";
import { sha256 } from "#server/platform/keys.ts";
import { releaseFiles } from "#server/services/attachments/sent-files.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { TAKEN_BACK } from "#server/services/conversations/thread-parts.ts";

export const TakeBackReplyInput = z.object({ messageId: idSchema("message") });
export type TakeBackReplyInput = z.input<typeof TakeBackReplyInput>;

/**
 * Whoever wrote a reply takes it back before it goes out; its words leave the thread, its files are theirs again. The conversation stays in their hands.
 * @throws `not_found` also for somebody else's, `precondition_failed` once it is on its way
 */
export const takeBackReply = async (ctx: ServiceContext, raw: TakeBackReplyInput): Promise<{ readonly conversationId: string }> => {
  assertCan(ctx, "conversation.reply");
  const { messageId } = TakeBackReplyInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const message = await tx.db.message.findFirst({
      where: { id: messageId, clubId: ctx.clubId, direction: "outbound", author: "staff", authorUserId: staffUserId(ctx) ?? "" },
      select: { conversationId: true, effectId: true },
    });
    if (message === null || message.effectId === null) {
      throw notFound("reply");
    }
    const { conversationId, effectId } = message;
    // In the order in which a dispatch locks them, so that one of the two is first and nothing waits in a ring.
    await tx.db.$executeRaw`select 1 from "Conversation" where id = ${conversationId} and "clubId" = ${ctx.clubId} for update`;
    const { count } = await tx.db.effect.updateMany({
      where: { id: effectId, clubId: ctx.clubId, status: "planned", plannedBy: "staff", attempt: 0 },
      data: { status: "dropped", failureKind: TAKEN_BACK, settledAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this reply is on its way already");
    }
    await tx.db.message.updateMany({
      where: { id: messageId, clubId: ctx.clubId },
      data: { status: "failed", failureReason: TAKEN_BACK, body: "", bodyHash: sha256("") },
    });
    await releaseFiles(tx, ctx, messageId);
    await showPrevious(tx, ctx, conversationId);
    await recordAudit(tx, ctx, { action: "message.taken_back", entityId: messageId });
    tx.news.changes.push({ topic: "conversation", conversationId });
    return { conversationId };
  });
};

/** The list shows again what was said last. */
const showPrevious = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  const previous = await tx.db.message.findFirst({
    where: {
      clubId: ctx.clubId,
      conversationId,
      direction: { in: ["inbound", "outbound"] },
      OR: [{ failureReason: null }, { failureReason: { not: TAKEN_BACK } }],
    },
    orderBy: { sequence: "desc" },
    select: { author: true, body: true, direction: true, receivedAt: true },
  });
  await tx.db.conversation.updateMany({
    where: { id: conversationId, clubId: ctx.clubId },
    data: {
      updatedAt: tx.now,
      ...(previous === null
        ? {}
        : {
            lastMessageAt: previous.receivedAt,
            lastMessagePreview: previewOf(previous.body),
            lastMessageDirection: previous.direction,
            lastMessageAuthor: previous.author,
          }),
    },
  });
};
