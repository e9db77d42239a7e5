import { createHmac } from "node:crypto";

import type { z } from "zod";

import { isSame, readJson } from "../_shared/signed-body.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorEvent, WebhookDelivery, WebhookRequest } from "../webhook.ts";
import { WEBHOOK_MAX_BYTES } from "./limits.ts";
import { invoiceStatusOf, standingOf } from "./map.ts";
import { Currency, WireEvent, WireInvoice, WirePayment } from "./schemas.ts";

const SIGNATURE_HEADER = "x-square-hmacsha256-signature";

type Input = {
  readonly request: WebhookRequest;
  /** One key, or two separated by a blank while one replaces the other; used as they are, not decoded. */
  readonly keys: string;
  readonly locationId: string;
};

/**
 * Verifies the bytes that arrived together with the address they were sent to, then reads them. Square tells of every
 * place of a seller: what belongs to another place is left out, and types that say nothing of money give no events.
 * No time is signed, so a replay verifies; it brings the same `event_id`, and an older state never overrules a newer one.
 * @throws `unauthorized` for a missing or wrong signature; `malformed` for an unknown shape
 */
export const parseWebhook = ({ request, keys, locationId }: Input): WebhookDelivery => {
  if (request.rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    throw new ConnectorError("malformed", "the webhook is too large");
  }
  verify(request, keys);
  const event = parse(WireEvent, readJson(request.rawBody));
  return { deliveryId: event.event_id, events: eventsOf(event, locationId) };
};

const verify = ({ url, headers, rawBody }: WebhookRequest, keys: string): void => {
  const offered = Buffer.from(headers[SIGNATURE_HEADER] ?? "");
  const isSigned = keys
    .split(/\s+/)
    .filter((key) => key !== "")
    .map((key) => Buffer.from(createHmac("sha256", key).update(url).update(rawBody).digest("base64")))
    // Compared as text: a decoder of base64 would accept several spellings of one signature.
    .some((expected) => isSame(expected, offered));
  if (!isSigned) {
    throw new ConnectorError("unauthorized", "the webhook is not signed by Square");
  }
};

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new ConnectorError("malformed", "Square sent a webhook of an unknown shape", { cause: result.error });
  }
  return result.data;
};

const eventsOf = (event: z.output<typeof WireEvent>, locationId: string): VendorEvent[] => {
  if (event.type.startsWith("payment.")) {
    return paymentEvents(parse(WirePayment, event.data?.object?.["payment"]), locationId);
  }
  if (event.type === "invoice.deleted") {
    // Only drafts are deleted, and the event brings nothing but the id.
    const externalId = parse(WireInvoice.shape.id, event.data?.id);
    return [{ kind: "invoice", externalId, orderReference: null, status: "cancelled", at: new Date(event.created_at) }];
  }
  if (event.type.startsWith("invoice.")) {
    return invoiceEvents(parse(WireInvoice, event.data?.object?.["invoice"]), locationId);
  }
  if (event.type === "oauth.authorization.revoked") {
    return [{ kind: "revoked", at: new Date(event.created_at) }];
  }
  return [];
};

const paymentEvents = (payment: z.output<typeof WirePayment>, locationId: string): VendorEvent[] => {
  if (payment.location_id !== locationId) {
    return [];
  }
  const { status, amountMinor } = standingOf({
    status: payment.status,
    amountMinor: BigInt(payment.amount_money.amount),
    refundedMinor: BigInt(payment.refunded_money?.amount ?? 0),
  });
  return [
    {
      kind: "payment",
      externalId: payment.id,
      orderReference: payment.order_id,
      // Square names the order of an invoice in its payments, never the invoice.
      invoiceReference: null,
      customerReference: payment.customer_id,
      amountMinor,
      currency: parse(Currency, payment.amount_money.currency),
      status,
      at: new Date(payment.updated_at),
    },
  ];
};

const invoiceEvents = (invoice: z.output<typeof WireInvoice>, locationId: string): VendorEvent[] =>
  invoice.location_id !== locationId
    ? []
    : [
        {
          kind: "invoice",
          externalId: invoice.id,
          orderReference: invoice.order_id,
          status: invoiceStatusOf(invoice.status),
          at: new Date(invoice.updated_at),
        },
      ];
