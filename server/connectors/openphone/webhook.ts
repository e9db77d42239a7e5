import { createHmac } from "node:crypto";

import type { z } from "zod";

import { isSame, readJson } from "../_shared/signed-body.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorEvent, WebhookDelivery, WebhookRequest } from "../webhook.ts";
import { eventsOfCall, eventsOfLegacyCall, eventsOfTranscript, eventsOfVoicemail } from "./calls.ts";
import { SIGNATURE_TOLERANCE_SECONDS, WEBHOOK_MAX_BYTES } from "./limits.ts";
import { eventsOf, isMessageType, messageOfWebhook } from "./map.ts";
import {
  CallWebhook,
  Envelope,
  LegacyCallWebhook,
  LegacyMessageWebhook,
  MessageWebhook,
  TranscriptWebhook,
  VoicemailWebhook,
} from "./schemas.ts";

/** Marks a key of the new generation; keys without it belong to webhooks of v1. */
const KEY_MARK = "whsec_";

type Input = {
  readonly request: Pick<WebhookRequest, "headers" | "rawBody">;
  /** One key, or several separated by blanks while a key is being rotated. */
  readonly keys: string;
  readonly phoneNumberId: string;
  readonly now: Date;
};

/**
 * Verifies the bytes that arrived, then reads them. Webhooks of a workspace tell of all its numbers: what belongs to
 * another number than this connection's is left out, and types that say nothing of messages or calls give no events.
 * @throws `unauthorized` for a missing, wrong, old or early signature; `malformed` for an unknown shape
 */
export const parseWebhook = (input: Input): WebhookDelivery => {
  const { headers, rawBody } = input.request;
  if (rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    throw new ConnectorError("malformed", "the webhook is too large");
  }
  if (headers["webhook-signature"] !== undefined) {
    const deliveryId = verifyStandard(input);
    return { deliveryId, events: standardEvents(readJson(rawBody), input.phoneNumberId) };
  }
  verifyLegacy(input);
  const body = readJson(rawBody);
  return { deliveryId: parse(Envelope, body).id, events: legacyEvents(body, input.phoneNumberId) };
};

/** Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, several signatures while a key is being rotated. */
const verifyStandard = ({ request: { headers, rawBody }, keys, now }: Input): string => {
  const id = headers["webhook-id"] ?? "";
  const timestamp = headers["webhook-timestamp"] ?? "";
  const offered = (headers["webhook-signature"] ?? "").split(" ");
  const expected = keysOf(keys, true).map((key) => `v1,${hmac(key, `${id}.${timestamp}.`, rawBody)}`);
  // The signatures are compared as text: a decoder of base64 would accept several spellings of one signature.
  const isSigned = id !== "" && /^\d{1,12}$/.test(timestamp) && hasCommon(offered, expected);
  if (!isSigned || !isCurrent(Number(timestamp) * 1_000, now)) {
    throw refusal();
  }
  return id;
};

/** `openphone-signature: hmac;1;<milliseconds>;<base64>`, several separated by commas, over `timestamp.body`. */
const verifyLegacy = ({ request: { headers, rawBody }, keys, now }: Input): void => {
  const isSigned = (headers["openphone-signature"] ?? "").split(",").some((item) => {
    const [scheme, version, timestamp = "", signature = ""] = item.trim().split(";");
    if (scheme !== "hmac" || version !== "1" || !/^\d{1,15}$/.test(timestamp) || !isCurrent(Number(timestamp), now)) {
      return false;
    }
    return hasCommon(
      [signature],
      keysOf(keys, false).map((key) => hmac(key, `${timestamp}.`, rawBody)),
    );
  });
  if (!isSigned) {
    throw refusal();
  }
};

const refusal = (): ConnectorError => new ConnectorError("unauthorized", "the webhook is not signed by OpenPhone");

const keysOf = (keys: string, isStandard: boolean): Buffer[] =>
  keys
    .split(/\s+/)
    .filter((key) => key !== "" && key.startsWith(KEY_MARK) === isStandard)
    .map((key) => Buffer.from(isStandard ? key.slice(KEY_MARK.length) : key, "base64"))
    .filter((key) => key.byteLength > 0);

const hmac = (key: Buffer, prefix: string, body: Uint8Array): string =>
  createHmac("sha256", key).update(prefix).update(body).digest("base64");

const hasCommon = (offered: readonly string[], expected: readonly string[]): boolean =>
  offered.some((one) => expected.some((other) => isSame(Buffer.from(one), Buffer.from(other))));

const isCurrent = (signedAtMs: number, now: Date): boolean => Math.abs(now.getTime() - signedAtMs) <= SIGNATURE_TOLERANCE_SECONDS * 1_000;

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new ConnectorError("malformed", "OpenPhone sent a webhook of an unknown shape", { cause: result.error });
  }
  return result.data;
};

const standardEvents = (body: unknown, phoneNumberId: string): VendorEvent[] => {
  const { type } = parse(Envelope, body);
  if (isMessageType(type)) {
    const webhook = parse(MessageWebhook, body);
    const { resource, context } = webhook.data;
    const message = messageOfWebhook(webhook);
    return context.phoneNumberId === phoneNumberId
      ? eventsOf({ type, message, errorCode: resource.errorCode ?? null, at: new Date(webhook.createdAt) })
      : [];
  }
  return callEvents(type, body).filter((event) => isOfNumber(event, phoneNumberId));
};

/** Everything else about calls (ringing, recordings, summaries) says nothing that these do not. */
const callEvents = (type: string, body: unknown): VendorEvent[] => {
  switch (type) {
    case "call.missed":
    case "call.completed":
      return eventsOfCall(type, parse(CallWebhook, body));
    case "call.voicemail.completed":
      return eventsOfVoicemail(parse(VoicemailWebhook, body));
    case "call.transcript.completed":
      return eventsOfTranscript(parse(TranscriptWebhook, body));
    default:
      return [];
  }
};

const legacyEvents = (body: unknown, phoneNumberId: string): VendorEvent[] => {
  const { type } = parse(Envelope, body);
  if (type === "call.completed") {
    return eventsOfLegacyCall(parse(LegacyCallWebhook, body)).filter((event) => isOfNumber(event, phoneNumberId));
  }
  if (!isMessageType(type)) {
    return [];
  }
  const webhook = parse(LegacyMessageWebhook, body);
  const message = webhook.data.object;
  return message.phoneNumberId === phoneNumberId ? eventsOf({ type, message, errorCode: null, at: new Date(webhook.createdAt) }) : [];
};

const isOfNumber = (event: VendorEvent, phoneNumberId: string): boolean =>
  "channelExternalId" in event && event.channelExternalId === phoneNumberId;
