import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { addEvent } from "#server/services/messages/add-event.ts";

import { ConversationInput } from "./schemas.ts";

/**
 * A conversation comes back because its time has come. Whoever put it off wanted to be reminded, so it needs a person even
 * where nobody waits, and people hear of it also where they were called before. Quiet when it was woken, put off further or resolved meanwhile.
 */
export const wakeByTimer = async (ctx: ServiceContext, raw: ConversationInput): Promise<void> => {
  assertCan(ctx, "agent.run");
  const { conversationId } = ConversationInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const due = { id: conversationId, clubId: ctx.clubId, status: "snoozed", snoozedUntil: { lte: tx.now } };
    const { count } = await tx.db.conversation.updateMany({ where: due, data: { status: "open", snoozedUntil: null, updatedAt: tx.now } });
    if (count === 0) {
      return;
    }
    await callPerson(tx, ctx, { conversationId, reason: "reminder", isAgain: true });
    await noteWoken(tx, ctx, conversationId);
  });
};

/** Something came up in a conversation that was put off, and a person must see it. Part of the caller's transaction. */
export const wakeForPerson = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string): Promise<void> => {
  const { count } = await tx.db.conversation.updateMany({
    where: { id: conversationId, clubId: ctx.clubId, status: "snoozed" },
    data: { status: "open", snoozedUntil: null, updatedAt: tx.now },
  });
  if (count > 0) {
    await noteWoken(tx, ctx, asId("conversation", conversationId));
  }
};

const noteWoken = async (tx: ServiceTx, ctx: ServiceContext, conversationId: Id<"conversation">): Promise<void> => {
  await addEvent(tx, ctx, { conversationId, code: "woken" });
  await recordAudit(tx, ctx, { action: "conversation.woken", entityId: conversationId });
};
