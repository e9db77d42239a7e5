import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { addEvent } from "#server/services/messages/add-event.ts";

/** Whoever waits for money hears of it by this event, with the id of the payment. */
const PAYMENT_RECEIVED = "payment/received";

/**
 * Tells, once and for all, that a completed payment answers a request of ours: the request is paid when what came in
 * reaches it, the payer's open conversation gets a line, and the engine an event. Quiet for any other payment.
 */
export const announcePayment = async (tx: ServiceTx, ctx: ServiceContext, paymentId: string): Promise<void> => {
  const { count } = await tx.db.payment.updateMany({
    where: { id: paymentId, clubId: ctx.clubId, status: "completed", payRequestId: { not: null }, announcedAt: null },
    data: { announcedAt: tx.now, updatedAt: tx.now },
  });
  if (count === 0) {
    return;
  }
  const payment = await tx.db.payment.findFirstOrThrow({
    where: { id: paymentId, clubId: ctx.clubId },
    select: { id: true, amountMinor: true, currency: true, contactId: true, payRequestId: true },
  });
  const amount = formatMoney(payment.amountMinor.toString(), payment.currency);
  const conversationId = await openConversationOf(tx, ctx, payment.contactId);
  await settleRequest(tx, ctx, { payRequestId: payment.payRequestId ?? "", amount, conversationId });
  await recordAudit(tx, ctx, {
    action: "payment.received",
    entityId: paymentId,
    details: { amountMinor: payment.amountMinor.toString(), currency: payment.currency, payRequestId: payment.payRequestId },
  });
  if (conversationId !== null) {
    await addEvent(tx, ctx, { conversationId, code: "paid", detail: amount });
  }
  tx.news.changes.push({
    topic: conversationId === null ? "club" : "conversation",
    conversationId,
    event: { name: PAYMENT_RECEIVED, data: { paymentId } },
  });
};

type Settlement = { readonly payRequestId: string; readonly amount: string; readonly conversationId: string | null };

/** Paid is what the vendor says was paid, also where the request was withdrawn meanwhile. A second full payment is shown to people. */
const settleRequest = async (tx: ServiceTx, ctx: ServiceContext, { payRequestId, amount, conversationId }: Settlement): Promise<void> => {
  const request = await tx.db.payRequest.findFirstOrThrow({
    where: { id: payRequestId, clubId: ctx.clubId },
    select: { amountMinor: true, currency: true, status: true, connectionId: true, description: true },
  });
  const { _sum: sum } = await tx.db.payment.aggregate({
    where: { clubId: ctx.clubId, payRequestId, status: "completed", currency: request.currency },
    _sum: { amountMinor: true },
  });
  const paidMinor = sum.amountMinor ?? 0n;
  if (paidMinor >= request.amountMinor) {
    await tx.db.payRequest.updateMany({
      where: { id: payRequestId, clubId: ctx.clubId, status: { in: ["open", "cancelled"] } },
      data: { status: "paid", paidAt: tx.now, updatedAt: tx.now },
    });
  }
  if (paidMinor > request.amountMinor) {
    await raiseAlert(tx, ctx, {
      kind: "paid_twice",
      severity: "warning",
      key: `paid_twice:${payRequestId}`,
      title: "Somebody paid more than was asked",
      detail: `${amount} came in for “${request.description}”, which was paid already. Give it back at the vendor, or keep it for what is due next.`,
      conversationId,
      connectionId: request.connectionId,
    });
  }
};

const openConversationOf = async (tx: ServiceTx, ctx: ServiceContext, contactId: string | null): Promise<Id<"conversation"> | null> => {
  if (contactId === null) {
    return null;
  }
  const row = await tx.db.conversation.findFirst({
    where: { clubId: ctx.clubId, contactId, status: { not: "resolved" } },
    orderBy: [{ lastMessageAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  return row === null ? null : (row.id as Id<"conversation">);
};
