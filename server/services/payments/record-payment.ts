import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import { notFound } from "#server/domain/errors.ts";
import type { PaymentStatus } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { announcePayment } from "#server/services/payments/announce-payment.ts";
import { lockOrder } from "#server/services/payments/lock-order.ts";
import { overrules } from "#server/services/payments/overrules.ts";

type PaymentEvent = Extract<VendorEvent, { kind: "payment" }>;
type Input = { readonly connectionId: string; readonly event: PaymentEvent };

/**
 * Stores a vendor's word on a payment and, once it is completed and answers a request of ours, tells of it. The same
 * word again and an older one change nothing. A payment that nobody of ours asked for is only kept: its request may be
 * written a moment later than the vendor calls.
 * @throws `not_found` for a connection of another club
 */
export const recordPayment = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, event }: Input): Promise<void> => {
  const scope = { clubId: ctx.clubId, connectionId };
  if ((await tx.db.connection.findFirst({ where: { id: connectionId, clubId: ctx.clubId }, select: { id: true } })) === null) {
    throw notFound("connection");
  }
  await lockOrder(tx, ctx, event.orderReference ?? event.invoiceReference ?? event.externalId);
  const known = await tx.db.payment.findFirst({
    where: { ...scope, externalId: event.externalId },
    select: { id: true, status: true, at: true, payRequestId: true },
  });
  if (known !== null && !overrules(event, { status: known.status as PaymentStatus, at: known.at })) {
    return;
  }
  const request = await findRequest(tx, ctx, { connectionId, event });
  const word = {
    amountMinor: event.amountMinor,
    currency: event.currency,
    status: event.status,
    orderReference: event.orderReference,
    invoiceReference: event.invoiceReference,
    customerReference: event.customerReference,
    at: event.at,
    payRequestId: request?.id ?? known?.payRequestId ?? null,
    ...(request === null ? {} : { memberId: request.memberId, contactId: request.contactId }),
    updatedAt: tx.now,
  };
  const id = known?.id ?? newId("payment");
  if (known === null) {
    await tx.db.payment.createMany({
      data: { id, franchiseId: ctx.franchiseId, ...scope, externalId: event.externalId, createdAt: tx.now, ...word },
    });
  } else {
    await tx.db.payment.updateMany({ where: { id, clubId: ctx.clubId }, data: word });
  }
  if (word.payRequestId === null) {
    return;
  }
  if (known !== null && known.status !== event.status) {
    await recordAudit(tx, ctx, { action: "payment.changed", entityId: id, details: { from: known.status, to: event.status } });
  }
  await announcePayment(tx, ctx, id);
};

type Found = { readonly id: string; readonly memberId: string | null; readonly contactId: string | null };

const findRequest = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, event }: Input): Promise<Found | null> => {
  const { orderReference, invoiceReference } = event;
  const byOrder = orderReference === null ? [] : [{ orderReference }];
  const byInvoice = invoiceReference === null ? [] : [{ kind: "invoice", vendorReference: invoiceReference }];
  return byOrder.length + byInvoice.length === 0
    ? null
    : tx.db.payRequest.findFirst({
        where: { clubId: ctx.clubId, connectionId, OR: [...byOrder, ...byInvoice] },
        select: { id: true, memberId: true, contactId: true },
      });
};
