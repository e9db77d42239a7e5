import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { EventCode } from "#server/domain/vocabulary.ts";
import { actorId } from "#server/domain/actor.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type EventInput = {
  readonly conversationId: Id<"conversation">;
  readonly code: EventCode;
  /** The next number of the conversation; left out, it is taken from the conversation's row. */
  readonly sequence?: number;
  readonly detail?: string;
};

/** Writes a small line into the thread that tells what happened and who did it. The conversation must be locked or updated by the caller. */
export const addEvent = async (tx: ServiceTx, ctx: ServiceContext, input: EventInput): Promise<void> => {
  const sequence = input.sequence ?? (await nextSequence(tx, ctx, input.conversationId));
  await tx.db.message.createMany({
    data: {
      id: newId("message"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      conversationId: input.conversationId,
      direction: "event",
      author: ctx.actor.kind === "staff" ? "staff" : "system",
      authorUserId: ctx.actor.kind === "staff" ? actorId(ctx.actor) : null,
      staffName: ctx.actor.kind === "staff" ? ctx.actor.name : null,
      body: input.detail ?? "",
      bodyHash: sha256(input.code),
      eventCode: input.code,
      status: "sent",
      sequence,
      sentAt: tx.now,
      receivedAt: tx.now,
      createdAt: tx.now,
    },
  });
  await tx.db.conversation.updateMany({ where: { id: input.conversationId, clubId: ctx.clubId }, data: { messageSequence: sequence } });
  tx.news.changes.push({ topic: "conversation", conversationId: input.conversationId });
};

/** Takes the next number of a conversation; the row stays locked until the transaction ends. */
export const nextSequence = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<number> => {
  const [row] = await tx.db.$queryRaw<{ messageSequence: number }[]>`
    update "Conversation" set "messageSequence" = "messageSequence" + 1
    where id = ${conversationId} and "clubId" = ${ctx.clubId} returning "messageSequence"`;
  if (row === undefined) {
    throw new Error("the conversation is gone");
  }
  return row.messageSequence;
};
