import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { AddNoteInput } from "./schemas.ts";

/** Puts a remark into the thread that only the club's staff sees; nobody is answered by it. @throws `not_found` */
export const addNote = async (ctx: ServiceContext, raw: AddNoteInput): Promise<{ readonly messageId: Id<"message"> }> => {
  assertCan(ctx, "conversation.reply");
  const { conversationId, text } = AddNoteInput.parse(raw);
  const { actor } = ctx;
  if (actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person writes notes");
  }
  const messageId = newId("message");
  await inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ messageSequence: number }[]>`
      update "Conversation" set "messageSequence" = "messageSequence" + 1, "updatedAt" = ${tx.now}
      where id = ${conversationId} and "clubId" = ${ctx.clubId} returning "messageSequence"`;
    if (row === undefined) {
      throw notFound("conversation");
    }
    await tx.db.message.createMany({
      data: {
        id: messageId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId,
        direction: "note",
        author: "staff",
        authorUserId: actor.userId,
        staffName: actor.name,
        body: text,
        bodyHash: sha256(text),
        status: "sent",
        sequence: row.messageSequence,
        sentAt: tx.now,
        receivedAt: tx.now,
        createdAt: tx.now,
      },
    });
    await recordAudit(tx, ctx, { action: "note.added", entityId: messageId });
    tx.news.changes.push({ topic: "conversation", conversationId });
  });
  return { messageId };
};
