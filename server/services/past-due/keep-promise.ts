import "server-only";

import { actorId } from "#server/domain/actor.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";

type Said = {
  /** Who pays. */
  readonly contactId: string;
  readonly promisedOn: string;
  /** Null = all that is owed. */
  readonly amountMinor: bigint | null;
  readonly dueMinor: bigint;
  readonly currency: string;
  readonly messageId?: string;
  readonly conversationId?: string;
};

/** Writes a promise down; it takes the place of an open one. Null = this message was heard before. */
export const keepPromise = async (tx: ServiceTx, ctx: ServiceContext, said: Said): Promise<Id<"paymentPromise"> | null> => {
  const { amountMinor, contactId, conversationId, currency, dueMinor, messageId, promisedOn } = said;
  await lockDebts(tx, ctx, [contactId]);
  if (messageId !== undefined && (await tx.db.paymentPromise.count({ where: { clubId: ctx.clubId, messageId } })) > 0) {
    return null;
  }
  const { count } = await tx.db.paymentPromise.updateMany({
    where: { clubId: ctx.clubId, contactId, status: "open" },
    data: { status: "withdrawn", settledAt: tx.now },
  });
  const id = newId("paymentPromise");
  await tx.db.paymentPromise.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      contactId,
      messageId: messageId ?? null,
      conversationId: conversationId ?? null,
      amountMinor,
      dueWhenMadeMinor: dueMinor,
      currency,
      promisedOn,
      status: "open",
      madeBy: actorId(ctx.actor),
      createdAt: tx.now,
    },
  });
  await recordAudit(tx, ctx, { action: "promise.made", entityId: id, details: { promisedOn, replacedCount: count } });
  tx.news.actions.push({
    kind: "promise.noted",
    risk: "reversible",
    outcome: "done",
    summary: "A promise to pay was noted; reminders wait for its day.",
    conversationId: conversationId ?? null,
    messageId: messageId ?? null,
    inputs: { promiseId: id, promisedOn },
  });
  tx.news.changes.push({ topic: "club" });
  return id;
};
