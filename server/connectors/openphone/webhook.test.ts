import { createHmac } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { ConnectorError } from "../errors.ts";
import type { WebhookRequest as WholeRequest } from "../webhook.ts";
import { parseWebhook } from "./webhook.ts";

type WebhookRequest = Omit<WholeRequest, "url">;

const PHONE = "PN123";
const KEY = `whsec_${Buffer.from("an invented key of 32 bytes, yes").toString("base64")}`;
const OTHER_KEY = `whsec_${Buffer.from("another invented key of 32 bytes").toString("base64")}`;
const LEGACY_KEY = Buffer.from([0xff, 0x80, 0x00, ...Buffer.from("bytes no text can hold")]).toString("base64");
const AT = new Date("2026-11-21T15:00:00Z");

const received = (over: { phoneNumberId?: string; type?: string; direction?: string; text?: string } = {}) => ({
  id: "EV1",
  apiVersion: "2026-03-30",
  createdAt: "2026-11-21T14:59:59.000Z",
  type: over.type ?? "message.received",
  data: {
    resource: {
      id: "AC9",
      direction: over.direction ?? "incoming",
      text: over.text ?? "¿abren hoy? 🙂",
      media: [{ url: "https://media.example/1.jpg", type: "image/jpeg" }],
      status: "received",
      createdAt: "2026-11-21T14:59:58.000Z",
    },
    context: {
      orgId: "OR1",
      phoneNumberId: over.phoneNumberId ?? PHONE,
      conversationId: "CN1",
      userId: null,
      contacts: { ids: [], lookupStatus: "unavailable" },
      senderIdentifier: over.direction === "outgoing" ? "+13035550100" : "+13035550101",
      recipientIdentifiers: [over.direction === "outgoing" ? "+13035550101" : "+13035550100"],
    },
    links: { quo: "https://quo.example/1" },
  },
});

const signature = (input: { key: string; id: string; timestamp: string; body: Uint8Array }): string =>
  `v1,${createHmac("sha256", Buffer.from(input.key.slice("whsec_".length), "base64"))
    .update(`${input.id}.${input.timestamp}.`)
    .update(input.body)
    .digest("base64")}`;

const signed = (body: unknown, over: { key?: string; at?: Date; raw?: Uint8Array } = {}): WebhookRequest => {
  const rawBody = over.raw ?? Buffer.from(JSON.stringify(body));
  const timestamp = `${Math.floor((over.at ?? AT).getTime() / 1_000)}`;
  const id = "msg_1";
  return {
    rawBody,
    headers: {
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": signature({ key: over.key ?? KEY, id, timestamp, body: rawBody }),
    },
  };
};

const read = (request: WebhookRequest, over: { keys?: string; now?: Date } = {}) =>
  parseWebhook({ request, keys: over.keys ?? KEY, phoneNumberId: PHONE, now: over.now ?? AT });

const kindOf = (run: () => unknown): string => {
  try {
    run();
    return "accepted";
  } catch (error) {
    return error instanceof ConnectorError ? error.kind : "crash";
  }
};

test("the vendor's published vector verifies", () => {
  const request: WebhookRequest = {
    rawBody: Buffer.from('{"test": 2432232314}'),
    headers: {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    },
  };
  const run = (keys: string) => kindOf(() => read(request, { keys, now: new Date(1_614_265_330_000) }));
  expect(run("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).toBe("malformed");
  expect(run(KEY)).toBe("unauthorized");
});

test("a text that arrived is read with its words, its sender and its pictures", () => {
  expect(read(signed(received()))).toEqual({
    deliveryId: "msg_1",
    events: [
      {
        kind: "message",
        message: {
          externalId: "AC9",
          direction: "inbound",
          channelExternalId: PHONE,
          contact: { address: "+13035550101", externalId: null, name: null },
          text: "¿abren hoy? 🙂",
          threadKey: "CN1",
          sentAt: new Date("2026-11-21T14:59:58.000Z"),
          media: [{ url: "https://media.example/1.jpg", type: "image/jpeg" }],
        },
      },
    ],
  });
});

test("a delivered text brings the message as well, so that what staff wrote in the vendor's app is seen", () => {
  const { events } = read(signed(received({ type: "message.delivered", direction: "outgoing" })));
  expect(events).toMatchObject([
    { kind: "message", message: { direction: "outbound", contact: { address: "+13035550101" } } },
    { kind: "delivery", externalId: "AC9", status: "delivered" },
  ]);
});

test("texts of another number of the same workspace and types about other things give no events", () => {
  expect(read(signed(received({ phoneNumberId: "PN999" }))).events).toEqual([]);
  expect(read(signed({ id: "EV2", type: "task.created", createdAt: AT.toISOString(), data: {} })).events).toEqual([]);
});

test("while a key is being rotated either key verifies, and one good signature among several is enough", () => {
  const request = signed(received(), { key: OTHER_KEY });
  expect(kindOf(() => read(request))).toBe("unauthorized");
  expect(kindOf(() => read(request, { keys: `${KEY} ${OTHER_KEY}` }))).toBe("accepted");
  const both = { ...request.headers, "webhook-signature": `v1,AAAA v1a,zzz ${signed(received()).headers["webhook-signature"]}` };
  expect(kindOf(() => read({ ...request, headers: both }))).toBe("accepted");
});

test("a signature counts for 300 seconds in either direction and not one more", () => {
  const at = (seconds: number) => kindOf(() => read(signed(received(), { at: new Date(AT.getTime() + seconds * 1_000) })));
  expect([at(-300), at(300)]).toEqual(["accepted", "accepted"]);
  expect([at(-301), at(301)]).toEqual(["unauthorized", "unauthorized"]);
});

test("no single changed bit of body, id, time or signature is accepted", () => {
  const request = signed(received());
  const parts = ["webhook-id", "webhook-timestamp", "webhook-signature"] as const;
  const flip = (bytes: Uint8Array, bit: number): Buffer => {
    const copy = Buffer.from(bytes);
    const place = (bit >> 3) % copy.length;
    copy[place] = (copy[place] ?? 0) ^ (1 << (bit & 7));
    return copy;
  };
  fc.assert(
    fc.property(fc.constantFrom("body", ...parts), fc.nat(100_000), (part, bit) => {
      const changed: WebhookRequest =
        part === "body"
          ? { ...request, rawBody: flip(request.rawBody, bit) }
          : { ...request, headers: { ...request.headers, [part]: flip(Buffer.from(request.headers[part] ?? ""), bit).toString("latin1") } };
      return kindOf(() => read(changed)) === "unauthorized";
    }),
    { numRuns: 10_000 },
  );
});

test("the last letter of a signature is compared as well, although a decoder would not care", () => {
  const request = signed(received());
  const offered = request.headers["webhook-signature"] ?? "";
  const spelled = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map(
    (letter) => `${offered.slice(0, -2)}${letter}=`,
  );
  const accepted = spelled.filter(
    (value) => kindOf(() => read({ ...request, headers: { ...request.headers, "webhook-signature": value } })) === "accepted",
  );
  expect(accepted).toEqual([offered]);
});

test("a body that another program wrote anew no longer verifies", () => {
  const request = signed(received());
  const rewritten = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(request.rawBody).toString()), null, 2));
  expect(kindOf(() => read({ ...request, rawBody: rewritten }))).toBe("unauthorized");
});

test("signed bytes that are no text, no JSON or no known shape are malformed, and too many bytes are never hashed", () => {
  const notText = Buffer.from(JSON.stringify(received({ text: "?" })));
  notText[notText.indexOf('"?"') + 1] = 0xff;
  expect(kindOf(() => read(signed(null, { raw: notText })))).toBe("malformed");
  expect(kindOf(() => read(signed(null, { raw: Buffer.from("{") })))).toBe("malformed");
  expect(kindOf(() => read(signed({ ...received(), data: {} })))).toBe("malformed");
  expect(kindOf(() => read(signed(null, { raw: Buffer.from(JSON.stringify(received()).padEnd(2 * 1024 * 1024)) })))).toBe("malformed");
});

test("without a key nothing verifies", () => {
  expect(kindOf(() => read(signed(received()), { keys: "" }))).toBe("unauthorized");
  expect(kindOf(() => read({ headers: {}, rawBody: Buffer.from("{}") }))).toBe("unauthorized");
});

const legacy = (over: { atMs?: number; key?: string; phoneNumberId?: string } = {}): WebhookRequest => {
  const body = Buffer.from(
    JSON.stringify({
      id: "EVlegacy",
      object: "event",
      apiVersion: "v3",
      createdAt: "2026-11-21T14:59:59.000Z",
      type: "message.received",
      data: {
        object: {
          id: "AC7",
          object: "message",
          from: "+13035550101",
          to: "+13035550100",
          direction: "incoming",
          body: "older words",
          media: [],
          status: "received",
          createdAt: "2026-11-21T14:59:58.000Z",
          userId: "US1",
          phoneNumberId: over.phoneNumberId ?? PHONE,
          conversationId: "CN1",
        },
      },
    }),
  );
  const timestamp = `${over.atMs ?? AT.getTime()}`;
  const mac = createHmac("sha256", Buffer.from(over.key ?? LEGACY_KEY, "base64"))
    .update(`${timestamp}.`)
    .update(body)
    .digest("base64");
  return { rawBody: body, headers: { "openphone-signature": `hmac;1;${timestamp};bm9uZQ==,hmac;1;${timestamp};${mac}` } };
};

test("webhooks of v1 verify with their own key, also one whose bytes are no text", () => {
  const delivery = read(legacy(), { keys: `${KEY} ${LEGACY_KEY}` });
  expect(delivery).toMatchObject({
    deliveryId: "EVlegacy",
    events: [{ kind: "message", message: { text: "older words", externalId: "AC7" } }],
  });
  expect(kindOf(() => read(legacy()))).toBe("unauthorized");
  expect(kindOf(() => read(legacy({ atMs: AT.getTime() - 300_001 }), { keys: LEGACY_KEY }))).toBe("unauthorized");
});

test("a webhook of v1 about another number gives no events, and a key of the other generation does not sign it", () => {
  expect(read(legacy({ phoneNumberId: "PN999" }), { keys: LEGACY_KEY }).events).toEqual([]);
  expect(kindOf(() => read(legacy({ key: KEY }), { keys: KEY }))).toBe("unauthorized");
});
