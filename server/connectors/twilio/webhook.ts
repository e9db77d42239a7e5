import twilio from "twilio";
import type { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { VendorMedia } from "../files.ts";

import type { VendorEvent, WebhookDelivery, WebhookRequest } from "../webhook.ts";
import { isAnsweredByVendor } from "./keywords.ts";
import { WEBHOOK_MAX_BYTES } from "./limits.ts";
import { contactOf, deliveryStatusOf } from "./map.ts";
import { InboundParameters, StatusParameters, type TwilioAccount } from "./schemas.ts";

type Input = {
  readonly request: WebhookRequest;
  readonly account: Pick<TwilioAccount, "accountSid" | "authToken" | "phoneNumber">;
  /** Twilio signs no time and names none: an event happened when it arrives. */
  readonly now: Date;
};

/** No words of ours: an answer goes out by the API, where it has a key and a record. */
const NO_REPLY = { contentType: "text/xml", body: '<?xml version="1.0" encoding="UTF-8"?><Response/>' } as const;

/**
 * Verifies address and parameters, then reads them. What belongs to another number of the account is left out.
 * @throws `unauthorized` for a missing or wrong signature or another account; `malformed` for an unknown shape
 */
export const parseWebhook = ({ request, account, now }: Input): WebhookDelivery => {
  if (request.rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    throw new ConnectorError("malformed", "the webhook is too large");
  }
  const parameters = parametersOf(request.rawBody);
  if (!isSigned({ request, authToken: account.authToken, parameters })) {
    throw new ConnectorError("unauthorized", "the webhook is not signed by Twilio");
  }
  const first = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values[0]]));
  const isStatus = first["MessageStatus"] !== undefined;
  return { ...(isStatus ? statusOf({ first, account, now }) : inboundOf({ first, account, now })), reply: NO_REPLY };
};

type Parameters = Readonly<Record<string, readonly string[]>>;

/** The signature covers what the form means, not its bytes, so it has to be decoded before it is verified. */
const parametersOf = (rawBody: Uint8Array): Parameters => {
  const form = new URLSearchParams(Buffer.from(rawBody).toString("utf8"));
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, form.getAll(name)]));
};

type Signed = { readonly request: WebhookRequest; readonly authToken: string; readonly parameters: Parameters };

/** HMAC-SHA1 over the address and each parameter by name; the SDK compares the signature's text in constant time. */
const isSigned = ({ request, authToken, parameters }: Signed): boolean => {
  const signature = request.headers["x-twilio-signature"] ?? "";
  const signed = Object.fromEntries(Object.entries(parameters).map(([name, values]) => [name, values.length > 1 ? values : values[0]]));
  return signature !== "" && authToken.split(" ").some((token) => twilio.validateRequest(token, signature, request.url, signed));
};

type Read = {
  readonly first: Readonly<Record<string, string | undefined>>;
  readonly account: Input["account"];
  readonly now: Date;
};

const inboundOf = ({ first, account, now }: Read): Omit<WebhookDelivery, "reply"> => {
  const text = parse(InboundParameters, { first, account });
  const deliveryId = text.MessageSid;
  if (text.To !== account.phoneNumber) {
    return { deliveryId, events: [] };
  }
  const contact = contactOf(text.From);
  const message: VendorEvent = {
    kind: "message",
    message: {
      externalId: text.MessageSid,
      direction: "inbound",
      channelExternalId: account.phoneNumber,
      contact,
      text: text.Body,
      sentAt: now,
      media: mediaOf(first, Number(text.NumMedia)),
      ...(isAnsweredByVendor(text.Body, text.OptOutType) ? { isAnsweredByVendor: true } : {}),
    },
  };
  const isStop = text.OptOutType === "STOP";
  if (contact.address === null || (!isStop && text.OptOutType !== "START")) {
    return { deliveryId, events: [message] };
  }
  const suppression: VendorEvent = {
    kind: "suppression",
    address: contact.address,
    channelKind: "sms",
    isSuppressed: isStop,
    source: "keyword",
    at: now,
  };
  return { deliveryId, events: [message, suppression] };
};

const mediaOf = (first: Read["first"], count: number): VendorMedia[] =>
  Array.from({ length: count }, (_, index) => ({
    url: first[`MediaUrl${index}`],
    type: first[`MediaContentType${index}`] ?? null,
  })).flatMap(({ url, type }) => (url === undefined ? [] : [{ url, type }]));

/** One delivery per status: the same message reports several, in no certain order. */
const statusOf = ({ first, account, now }: Read): Omit<WebhookDelivery, "reply"> => {
  const report = parse(StatusParameters, { first, account });
  const deliveryId = `${report.MessageSid}:${report.MessageStatus}`;
  const status = deliveryStatusOf(report.MessageStatus);
  return {
    deliveryId,
    events:
      status === null ? [] : [{ kind: "delivery", externalId: report.MessageSid, status, errorCode: report.ErrorCode ?? null, at: now }],
  };
};

const parse = <T extends { readonly AccountSid: string }>(schema: z.ZodType<T>, { first, account }: Pick<Read, "first" | "account">): T => {
  const result = schema.safeParse(first);
  if (!result.success) {
    throw new ConnectorError("malformed", "Twilio sent a webhook of an unknown shape", { cause: result.error });
  }
  if (result.data.AccountSid !== account.accountSid) {
    throw new ConnectorError("unauthorized", "the webhook belongs to another Twilio account");
  }
  return result.data;
};
