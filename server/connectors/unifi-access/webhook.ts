import { createHash, createHmac } from "node:crypto";

import { isSame, readJson } from "../_shared/signed-body.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorEvent, WebhookDelivery, WebhookRequest } from "../webhook.ts";
import { SIGNATURE_TOLERANCE_SECONDS, WEBHOOK_MAX_BYTES } from "./limits.ts";
import { doorEventOf } from "./map.ts";
import { UnlockWebhook, WebhookEnvelope } from "./schemas.ts";

type Input = {
  readonly request: Pick<WebhookRequest, "headers" | "rawBody">;
  /** One secret, or two separated by a blank while one replaces the other. */
  readonly secrets: string;
  readonly now: Date;
};

const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/**
 * Verifies the bytes that arrived, then reads them. The vendor gives its deliveries no id, so time of signing and body
 * together are one: the same body a second later is another opening of the same door by the same person.
 * @throws `unauthorized` for a missing, wrong, old or early signature; `malformed` for an unknown shape
 */
export const parseWebhook = ({ request, secrets, now }: Input): WebhookDelivery => {
  const { headers, rawBody } = request;
  if (rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    throw new ConnectorError("malformed", "the webhook is too large");
  }
  const [, time = "", signature = ""] = SIGNATURE.exec(headers["signature"] ?? "") ?? [];
  const signedAt = new Date(Number(time) * 1_000);
  const isSigned = secrets
    .split(/\s+/)
    .filter((secret) => secret !== "")
    .map((secret) => signatureOf({ secret, time, rawBody }))
    // Compared as text: a decoder of hex would accept several spellings of one signature.
    .some((expected) => isSame(Buffer.from(signature), Buffer.from(expected)));
  if (!isSigned || Math.abs(now.getTime() - signedAt.getTime()) > SIGNATURE_TOLERANCE_SECONDS * 1_000) {
    throw new ConnectorError("unauthorized", "the webhook is not signed by this controller");
  }
  const deliveryId = createHash("sha256").update(`${time}.`).update(rawBody).digest("hex");
  return { deliveryId, events: eventsOf(readJson(rawBody), { externalId: deliveryId, at: signedAt }) };
};

/** HMAC-SHA256 over `t.body`; the secret is used as the text it is. */
export const signatureOf = (input: { readonly secret: string; readonly time: string; readonly rawBody: Uint8Array }): string =>
  createHmac("sha256", input.secret).update(`${input.time}.`).update(input.rawBody).digest("hex");

/** Everything but openings (bells, sensors, schedules) says nothing that Spotter acts on. */
const eventsOf = (body: unknown, place: { readonly externalId: string; readonly at: Date }): VendorEvent[] => {
  const envelope = WebhookEnvelope.safeParse(body);
  if (envelope.success && envelope.data.event !== "access.door.unlock") {
    return [];
  }
  const unlock = UnlockWebhook.safeParse(body);
  if (!envelope.success || !unlock.success) {
    throw new ConnectorError("malformed", "UniFi Access sent a webhook of an unknown shape", {
      cause: envelope.error ?? unlock.error,
    });
  }
  return [doorEventOf(unlock.data, place)];
};
