import { createHmac } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { ConnectorError } from "../errors.ts";
import type { WebhookRequest } from "../webhook.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { standingOf } from "./map.ts";
import { parseWebhook } from "./webhook.ts";

const URL_OF_OURS = "https://spotter.example/api/webhooks/square/conn_1";
const KEY = "an-invented-key-used-as-it-stands";
const OTHER_KEY = "c2Vjb25k";
const HEADER = "x-square-hmacsha256-signature";

const payment = (over: object = {}) => ({
  merchant_id: "M1",
  location_id: "L1",
  type: "payment.updated",
  event_id: "ev-1",
  created_at: "2026-11-21T15:00:02Z",
  data: {
    type: "payment",
    id: "PAY1",
    object: {
      payment: {
        id: "PAY1",
        status: "COMPLETED",
        amount_money: { amount: 4_999, currency: "USD" },
        total_money: { amount: 5_499, currency: "USD" },
        order_id: "ORD1",
        customer_id: "CUST1",
        location_id: "L1",
        updated_at: "2026-11-21T15:00:01.250Z",
        ...over,
      },
    },
  },
});

const signed = (
  body: unknown,
  { key = KEY, url = URL_OF_OURS, raw }: { key?: string; url?: string; raw?: Uint8Array } = {},
): WebhookRequest => {
  const rawBody = raw ?? Buffer.from(JSON.stringify(body));
  return { url: URL_OF_OURS, rawBody, headers: { [HEADER]: createHmac("sha256", key).update(url).update(rawBody).digest("base64") } };
};

const read = (request: WebhookRequest, keys = KEY) => parseWebhook({ request, keys, locationId: "L1" });

const kindOf = (run: () => unknown): string => {
  try {
    run();
    return "accepted";
  } catch (error) {
    return error instanceof ConnectorError ? error.kind : "crash";
  }
};

test("a completed payment is read in cents, without the tip, with its order and the time of its change", () => {
  expect(read(signed(payment()))).toEqual({
    deliveryId: "ev-1",
    events: [
      {
        kind: "payment",
        externalId: "PAY1",
        orderReference: "ORD1",
        invoiceReference: null,
        customerReference: "CUST1",
        amountMinor: 4_999n,
        currency: "USD",
        status: "completed",
        at: new Date("2026-11-21T15:00:01.250Z"),
      },
    ],
  });
});

test("the address is part of what is signed, to the last slash", () => {
  for (const url of [`${URL_OF_OURS}/`, URL_OF_OURS.replace("https", "http"), `${URL_OF_OURS}?a=1`]) {
    expect(kindOf(() => read(signed(payment(), { url })))).toBe("unauthorized");
  }
});

test("while a key is being rotated either verifies, and without a key nothing does", () => {
  expect(kindOf(() => read(signed(payment(), { key: OTHER_KEY })))).toBe("unauthorized");
  expect(kindOf(() => read(signed(payment(), { key: OTHER_KEY }), `${KEY} ${OTHER_KEY}`))).toBe("accepted");
  expect(kindOf(() => read(signed(payment()), `${KEY} ${OTHER_KEY}`))).toBe("accepted");
  expect(kindOf(() => read(signed(payment()), ""))).toBe("unauthorized");
  expect(kindOf(() => read(signed(payment(), { key: "" }), ""))).toBe("unauthorized");
  expect(kindOf(() => read({ ...signed(payment()), headers: {} }))).toBe("unauthorized");
});

test("no single changed bit of address, body or signature is accepted", () => {
  const request = signed(payment());
  const flip = (bytes: Uint8Array, bit: number): Buffer => {
    const copy = Buffer.from(bytes);
    const place = (bit >> 3) % copy.length;
    copy[place] = (copy[place] ?? 0) ^ (1 << (bit & 7));
    return copy;
  };
  fc.assert(
    fc.property(fc.constantFrom("body", "url", "signature"), fc.nat(100_000), (part, bit) => {
      const changed: WebhookRequest = {
        url: part === "url" ? flip(Buffer.from(request.url), bit).toString("latin1") : request.url,
        rawBody: part === "body" ? flip(request.rawBody, bit) : request.rawBody,
        headers:
          part === "signature" ? { [HEADER]: flip(Buffer.from(request.headers[HEADER] ?? ""), bit).toString("latin1") } : request.headers,
      };
      return kindOf(() => read(changed)) === "unauthorized";
    }),
    { numRuns: 10_000 },
  );
});

test("the last letter of a signature is compared as well, although a decoder would not care", () => {
  const request = signed(payment());
  const offered = request.headers[HEADER] ?? "";
  const accepted = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"]
    .map((letter) => `${offered.slice(0, -2)}${letter}=`)
    .filter((value) => kindOf(() => read({ ...request, headers: { [HEADER]: value } })) === "accepted");
  expect(accepted).toEqual([offered]);
});

test("payments and invoices of another location of the seller give no events, and neither does other news", () => {
  expect(read(signed(payment({ location_id: "L2" }))).events).toEqual([]);
  const invoice = { id: "inv:0-1", status: "PAID", order_id: "ORD1", location_id: "L2", updated_at: "2026-11-21T15:00:01Z" };
  expect(read(signed({ ...payment(), type: "invoice.updated", data: { id: "inv:0-1", object: { invoice } } })).events).toEqual([]);
  expect(read(signed({ ...payment(), type: "customer.created", data: { type: "customer", id: "C1" } })).events).toEqual([]);
});

test("a deleted draft is a cancelled invoice", () => {
  const event = { ...payment(), type: "invoice.deleted", data: { type: "invoice", id: "inv:0-1", deleted: true } };
  expect(read(signed(event)).events).toMatchObject([{ kind: "invoice", externalId: "inv:0-1", status: "cancelled", orderReference: null }]);
});

test("signed bytes that are no text, no JSON or no known shape are malformed, and too many bytes are never hashed", () => {
  expect(kindOf(() => read(signed(null, { raw: Buffer.from([0x22, 0xff, 0x22]) })))).toBe("malformed");
  expect(kindOf(() => read(signed(null, { raw: Buffer.from("{") })))).toBe("malformed");
  expect(kindOf(() => read(signed({ ...payment(), data: {} })))).toBe("malformed");
  expect(kindOf(() => read(signed(payment({ status: "SETTLED" }))))).toBe("malformed");
  expect(kindOf(() => read(signed(payment({ amount_money: { amount: 49.99, currency: "USD" } }))))).toBe("malformed");
  expect(kindOf(() => read(signed(payment({ amount_money: { amount: 4_999, currency: "EUR" } }))))).toBe("malformed");
  expect(kindOf(() => read(signed(null, { raw: Buffer.alloc(300 * 1024, " ") })))).toBe("malformed");
});

test("whatever is given back, what counts is never more than was paid and never below zero", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 12n }), (amountMinor, refund) => {
      const refundedMinor = refund > amountMinor ? amountMinor : refund;
      const standing = standingOf({ status: "COMPLETED", amountMinor, refundedMinor });
      return standing.status === "refunded"
        ? refundedMinor === amountMinor
        : standing.amountMinor === amountMinor - refundedMinor && standing.amountMinor > 0n;
    }),
  );
});

test("keys are 36 characters of a UUID of version 5, the same for the same deed and step and different for every other", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom("order", "invoice", "link"), (deed, other, step) => {
      const key = idempotencyKey(deed, step);
      const isUuid = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(key);
      const isOwn = other === deed || idempotencyKey(other, step) !== key;
      return isUuid && isOwn && idempotencyKey(deed, step) === key && idempotencyKey(deed, "publish 0") !== key;
    }),
  );
});
