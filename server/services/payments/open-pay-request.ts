import "server-only";

import { z } from "zod";

import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { InvoiceArguments, PayLinkArguments } from "#server/services/effects/effect-arguments.ts";
import { announcePayment } from "#server/services/payments/announce-payment.ts";
import { lockOrder } from "#server/services/payments/lock-order.ts";

/** What the vendor answered beside the id, as `settle-effect` keeps it. */
const Result = z.looseObject({ orderReference: z.string().nullish(), url: z.string().nullish() });

const KINDS = { "payLink.create": "link", "invoice.issue": "invoice" } as const;

type Made = { readonly effectId: string; readonly kind: keyof typeof KINDS };

/** Whether an effect of this kind asks somebody for money. */
export const isPayRequest = (kind: string): kind is keyof typeof KINDS => kind in KINDS;

/**
 * Keeps the link or the invoice that a confirmed effect has made, and joins it with payments that were faster than the
 * vendor's answer. Once for each effect.
 */
export const openPayRequest = async (tx: ServiceTx, ctx: ServiceContext, { effectId, kind }: Made): Promise<void> => {
  const effect = await tx.db.effect.findFirstOrThrow({
    where: { id: effectId, clubId: ctx.clubId, kind, status: "confirmed" },
    select: { connectionId: true, arguments: true, result: true, vendorReference: true },
  });
  if (effect.vendorReference === null) {
    return;
  }
  const { connectionId, vendorReference } = effect;
  const args = kind === "payLink.create" ? PayLinkArguments.parse(effect.arguments) : InvoiceArguments.parse(effect.arguments);
  const { orderReference = null, url = null } = Result.parse(effect.result ?? {});
  await lockOrder(tx, ctx, orderReference ?? vendorReference);
  const member = await tx.db.member.findFirst({
    where: { id: args.payer.memberId, clubId: ctx.clubId },
    select: { id: true, contactId: true },
  });
  const payer = { memberId: member?.id ?? null, contactId: member?.contactId ?? null };
  const id = newId("payRequest");
  const { count } = await tx.db.payRequest.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      connectionId,
      effectId,
      kind: KINDS[kind],
      vendorReference,
      orderReference,
      ...payer,
      amountMinor: BigInt(args.amountMinor),
      currency: args.currency,
      description: args.description,
      status: "open",
      url,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    return;
  }
  await recordAudit(tx, ctx, { action: "payment.requested", entityId: id, details: { kind: KINDS[kind], amountMinor: args.amountMinor } });
  await joinPayments(tx, ctx, { payRequestId: id, connectionId, orderReference, vendorReference, payer });
};

type Join = {
  readonly payRequestId: string;
  readonly connectionId: string;
  readonly orderReference: string | null;
  readonly vendorReference: string;
  readonly payer: { readonly memberId: string | null; readonly contactId: string | null };
};

const joinPayments = async (tx: ServiceTx, ctx: ServiceContext, { payRequestId, connectionId, payer, ...names }: Join): Promise<void> => {
  const byOrder = names.orderReference === null ? [] : [{ orderReference: names.orderReference }];
  const early = await tx.db.payment.findMany({
    where: { clubId: ctx.clubId, connectionId, payRequestId: null, OR: [...byOrder, { invoiceReference: names.vendorReference }] },
    orderBy: [{ at: "asc" }, { id: "asc" }],
    select: { id: true },
  });
  for (const { id } of early) {
    await tx.db.payment.updateMany({ where: { id, clubId: ctx.clubId }, data: { payRequestId, ...payer, updatedAt: tx.now } });
    await announcePayment(tx, ctx, id);
  }
};
