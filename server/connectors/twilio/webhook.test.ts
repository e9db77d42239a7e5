import { createHmac } from "node:crypto";

import fc from "fast-check";
import { expect, test } from "vitest";

import { ConnectorError } from "../errors.ts";
import type { WebhookRequest } from "../webhook.ts";
import { parseWebhook } from "./webhook.ts";

const URL_OF_CLUB = "https://spotter.example/api/webhooks/twilio/conn_1?club=phoenix";
const TOKEN = "an-invented-token";
const ACCOUNT = { accountSid: `AC${"a".repeat(32)}`, authToken: TOKEN, phoneNumber: "+16025550199" };
const SID = `SM${"1".repeat(32)}`;
const AT = new Date("2026-11-21T15:00:00Z");

const text = (over: Record<string, string> = {}): Record<string, string> => ({
  MessageSid: SID,
  SmsSid: SID,
  AccountSid: ACCOUNT.accountSid,
  From: "+16025550107",
  To: ACCOUNT.phoneNumber,
  Body: "¿abren hoy? 🙂 + & = %",
  NumMedia: "0",
  SmsStatus: "received",
  ApiVersion: "2010-04-01",
  ...over,
});

/** The vendor's algorithm once more, so that the SDK is not measured by itself. */
const signatureOf = (parameters: Record<string, string>, over: { token?: string; url?: string } = {}): string =>
  createHmac("sha1", over.token ?? TOKEN)
    .update(
      (over.url ?? URL_OF_CLUB) +
        Object.keys(parameters)
          .toSorted()
          .map((name) => `${name}${parameters[name]}`)
          .join(""),
    )
    .digest("base64");

const signed = (parameters: Record<string, string>, over: { token?: string; url?: string } = {}): WebhookRequest => ({
  url: URL_OF_CLUB,
  headers: { "x-twilio-signature": signatureOf(parameters, over) },
  rawBody: Buffer.from(new URLSearchParams(parameters).toString()),
});

const read = (request: WebhookRequest, authToken = TOKEN) => parseWebhook({ request, account: { ...ACCOUNT, authToken }, now: AT });

const kindOf = (run: () => unknown): string => {
  try {
    run();
    return "accepted";
  } catch (error) {
    return error instanceof ConnectorError ? error.kind : "crash";
  }
};

test("a text that arrived is read with its words, its sender and its pictures, whatever parameters are new", () => {
  const parameters = text({
    NumMedia: "2",
    MediaUrl0: "https://media.example/0.jpg",
    MediaContentType0: "image/jpeg",
    MediaUrl1: "https://media.example/1",
    SomethingNew: "of next year",
    ToCity: "",
  });
  expect(read(signed(parameters))).toEqual({
    deliveryId: SID,
    events: [
      {
        kind: "message",
        message: {
          externalId: SID,
          direction: "inbound",
          channelExternalId: ACCOUNT.phoneNumber,
          contact: { address: "+16025550107", externalId: null, name: null },
          text: "¿abren hoy? 🙂 + & = %",
          sentAt: AT,
          media: [
            { url: "https://media.example/0.jpg", type: "image/jpeg" },
            { url: "https://media.example/1", type: null },
          ],
        },
      },
    ],
    reply: { contentType: "text/xml", body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' },
  });
});

test("whatever people write, the text that is read is the text that was signed", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.string({ unit: "grapheme-ascii", maxLength: 20 }), (body, extra) => {
      const { events } = read(signed(text({ Body: body, Extra: extra })));
      return events[0]?.kind === "message" && events[0].message.text === body;
    }),
    { numRuns: 500 },
  );
});

test("STOP and START are a suppression beside the message, HELP and words in a sentence are none", () => {
  const kinds = (parameters: Record<string, string>) => read(signed(text(parameters))).events;
  expect(kinds({ Body: "STOP", OptOutType: "STOP" })).toMatchObject([
    { kind: "message" },
    { kind: "suppression", address: "+16025550107", channelKind: "sms", isSuppressed: true, source: "keyword" },
  ]);
  expect(kinds({ Body: "START", OptOutType: "START" })[1]).toMatchObject({ kind: "suppression", isSuppressed: false });
  expect(kinds({ Body: "HELP", OptOutType: "HELP" })).toHaveLength(1);
  expect(kinds({ Body: "stop please" })).toHaveLength(1);
});

test("a word that the vendor answers by itself is marked, so that nobody answers it twice", () => {
  const isMarked = (parameters: Record<string, string>) => {
    const [event] = read(signed(text(parameters))).events;
    return event?.kind === "message" && event.message.isAnsweredByVendor === true;
  };
  expect(isMarked({ Body: " Stop " })).toBe(true);
  expect(isMarked({ Body: "no more of this", OptOutType: "STOP" })).toBe(true);
  expect(isMarked({ Body: "help" })).toBe(true);
  expect(isMarked({ Body: "stop please" })).toBe(false);
  expect(isMarked({ Body: "yes, at 6" })).toBe(false);
});

test("a sender that is no number stays recognisable and is never suppressed by address", () => {
  expect(read(signed(text({ From: "72345", OptOutType: "STOP" }))).events).toMatchObject([
    { kind: "message", message: { contact: { address: null, externalId: "72345" } } },
  ]);
});

test("a report is one delivery per status, and words we do not know give no event", () => {
  const report = (MessageStatus: string, over: Record<string, string> = {}) =>
    read(signed({ MessageSid: SID, AccountSid: ACCOUNT.accountSid, MessageStatus, SmsStatus: MessageStatus, ...over }));
  expect(report("sent")).toMatchObject({ deliveryId: `${SID}:sent`, events: [{ kind: "delivery", status: "sent", errorCode: null }] });
  expect(report("undelivered", { ErrorCode: "30007" })).toMatchObject({
    deliveryId: `${SID}:undelivered`,
    events: [{ kind: "delivery", status: "undelivered", errorCode: "30007", at: AT }],
  });
  expect(["accepted", "sending", "read", "canceled"].map((status) => report(status).events[0])).toMatchObject([
    { status: "queued" },
    { status: "queued" },
    { status: "delivered" },
    { status: "failed" },
  ]);
  expect(report("levitating").events).toEqual([]);
});

test("texts to another number of the account give no events, and another account's are refused", () => {
  expect(read(signed(text({ To: "+16025550198" }))).events).toEqual([]);
  expect(kindOf(() => read(signed(text({ AccountSid: `AC${"b".repeat(32)}` }))))).toBe("unauthorized");
});

test("while the token is being replaced either token verifies", () => {
  const request = signed(text(), { token: "the-next-token" });
  expect(kindOf(() => read(request))).toBe("unauthorized");
  expect(kindOf(() => read(request, `${TOKEN} the-next-token`))).toBe("accepted");
  expect(kindOf(() => read(request, "the-next-token"))).toBe("accepted");
});

test("the address counts with its path and query; a port may be named or not", () => {
  const at = (url: string) => kindOf(() => read({ ...signed(text()), url }));
  expect(at(URL_OF_CLUB.replace("spotter.example", "spotter.example:443"))).toBe("accepted");
  expect(at(URL_OF_CLUB.replace("https", "http"))).toBe("unauthorized");
  expect(at(URL_OF_CLUB.replace("phoenix", "denver"))).toBe("unauthorized");
  expect(at(URL_OF_CLUB.replace("conn_1", "conn_2"))).toBe("unauthorized");
});

test("no single changed bit of the body that changes what it says, and none of the signature, is accepted", () => {
  const request = signed(text({ NumMedia: "1", MediaUrl0: "https://media.example/0.jpg", OptOutType: "STOP" }));
  const meaning = (bytes: Uint8Array) => JSON.stringify([...new URLSearchParams(Buffer.from(bytes).toString())].toSorted());
  const original = meaning(request.rawBody);
  const flip = (bytes: Uint8Array, bit: number): Buffer => {
    const copy = Buffer.from(bytes);
    const place = (bit >> 3) % copy.length;
    copy[place] = (copy[place] ?? 0) ^ (1 << (bit & 7));
    return copy;
  };
  fc.assert(
    fc.property(fc.constantFrom("body", "signature"), fc.nat(100_000), (part, bit) => {
      const changed: WebhookRequest =
        part === "body"
          ? { ...request, rawBody: flip(request.rawBody, bit) }
          : {
              ...request,
              headers: { "x-twilio-signature": flip(Buffer.from(request.headers["x-twilio-signature"] ?? ""), bit).toString("latin1") },
            };
      return (part === "body" && meaning(changed.rawBody) === original) || kindOf(() => read(changed)) === "unauthorized";
    }),
    { numRuns: 10_000 },
  );
});

test("the last letter of a signature is compared as well, although a decoder would not care", () => {
  const request = signed(text());
  const offered = request.headers["x-twilio-signature"] ?? "";
  const spelled = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"].map(
    (letter) => `${offered.slice(0, -2)}${letter}=`,
  );
  const accepted = spelled.filter((value) => kindOf(() => read({ ...request, headers: { "x-twilio-signature": value } })) === "accepted");
  expect(accepted).toEqual([offered]);
});

test("signed words of no known shape are malformed, and too many bytes are never verified", () => {
  expect(kindOf(() => read(signed({ CallSid: "CA1", AccountSid: ACCOUNT.accountSid })))).toBe("malformed");
  expect(kindOf(() => read(signed(text({ MessageSid: `${SID}NumMedia9` }))))).toBe("malformed");
  expect(kindOf(() => read(signed(text({ Body: "x".repeat(300 * 1024) }))))).toBe("malformed");
});

test("without a signature nothing verifies", () => {
  expect(kindOf(() => read({ ...signed(text()), headers: {} }))).toBe("unauthorized");
  expect(kindOf(() => read({ url: URL_OF_CLUB, headers: { "x-twilio-signature": "" }, rawBody: new Uint8Array() }))).toBe("unauthorized");
});
