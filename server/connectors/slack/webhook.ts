import { createHash, createHmac } from "node:crypto";

import type { z } from "zod";

import { parseJson } from "../_shared/failure.ts";
import { isSame } from "../_shared/signed-body.ts";
import { ConnectorError } from "../errors.ts";
import type { VendorEvent, WebhookDelivery, WebhookRequest } from "../webhook.ts";
import { SIGNATURE_TOLERANCE_SECONDS, WEBHOOK_MAX_BYTES } from "./limits.ts";
import { ACTIONS, noticeReferenceOf } from "./map.ts";
import { BlockActions, Interaction } from "./schemas.ts";
import type { SlackAccount } from "./schemas.ts";

/** The vendor wants an empty answer: a body would be taken for a message. */
const EMPTY_REPLY = { contentType: "text/plain", body: "" } as const;

type Input = {
  readonly request: Pick<WebhookRequest, "headers" | "rawBody">;
  readonly account: Pick<SlackAccount, "signingSecret" | "teamId">;
  readonly now: Date;
};

/**
 * Verifies the bytes that arrived, then reads the one form field in them. The secret belongs to the app and not to the
 * workspace, so a well signed call of another workspace is refused as well.
 * @throws `unauthorized` for a missing, wrong, old or early signature or another workspace; `malformed` for an unknown shape
 */
export const parseWebhook = ({ request: { headers, rawBody }, account, now }: Input): WebhookDelivery => {
  if (rawBody.byteLength > WEBHOOK_MAX_BYTES) {
    throw new ConnectorError("malformed", "the webhook is too large");
  }
  const timestamp = headers["x-slack-request-timestamp"] ?? "";
  const expected = signaturesOf(account.signingSecret, { timestamp, rawBody });
  const offered = Buffer.from(headers["x-slack-signature"] ?? "");
  const isSigned = /^\d{1,12}$/.test(timestamp) && expected.some((one) => isSame(one, offered));
  if (!isSigned || Math.abs(now.getTime() - Number(timestamp) * 1_000) > SIGNATURE_TOLERANCE_SECONDS * 1_000) {
    throw new ConnectorError("unauthorized", "the webhook is not signed by Slack");
  }
  const body = bodyOf(rawBody);
  const { type, team } = parse(Interaction, body);
  if (team?.id !== account.teamId) {
    throw new ConnectorError("unauthorized", "the webhook belongs to another Slack workspace");
  }
  if (type !== "block_actions") {
    return { deliveryId: createHash("sha256").update(rawBody).digest("hex"), events: [], reply: EMPTY_REPLY };
  }
  const interaction = parse(BlockActions, body);
  return { deliveryId: deliveryIdOf(interaction), events: pressesOf(interaction), reply: EMPTY_REPLY };
};

/** Hexadecimal text, compared as it is written; one for each secret while one replaces the other. */
const signaturesOf = (secrets: string, signed: { readonly timestamp: string; readonly rawBody: Uint8Array }): Buffer[] =>
  secrets
    .split(/\s+/)
    .filter((secret) => secret !== "")
    .map((secret) => createHmac("sha256", secret).update(`v0:${signed.timestamp}:`).update(signed.rawBody).digest("hex"))
    .map((hex) => Buffer.from(`v0=${hex}`));

const bodyOf = (rawBody: Uint8Array): unknown => {
  const payloads = new URLSearchParams(new TextDecoder().decode(rawBody)).getAll("payload");
  return payloads.length === 1 ? parseJson(payloads[0] ?? "") : undefined;
};

const parse = <T>(schema: z.ZodType<T>, body: unknown): T => {
  const result = schema.safeParse(body);
  if (!result.success) {
    throw new ConnectorError("malformed", "Slack sent a webhook of an unknown shape", { cause: result.error });
  }
  return result.data;
};

/** A person cannot press twice in the same microsecond, and the vendor repeats a call with the same times. */
const deliveryIdOf = ({ actions, user, container }: BlockActions): string =>
  [actions.map(({ action_ts }) => action_ts).join("+"), user.id, container.channel_id ?? "", container.message_ts ?? ""].join(":");

const pressesOf = (interaction: BlockActions): VendorEvent[] => {
  const { user, container, actions } = interaction;
  const { channel_id: channel, message_ts: ts } = container;
  return actions.flatMap(({ action_id: choice, value, action_ts: at }): VendorEvent[] => {
    if ((choice !== ACTIONS.approve && choice !== ACTIONS.reject) || value === undefined) {
      return [];
    }
    return [
      {
        kind: "press",
        externalId: `${at}:${user.id}:${channel ?? ""}:${ts ?? ""}`,
        value,
        choice,
        personExternalId: user.id,
        personName: user.name ?? user.username ?? null,
        noticeReference: channel === undefined || ts === undefined ? null : noticeReferenceOf(channel, ts),
        at: new Date(Math.round(Number(at) * 1_000)),
      },
    ];
  });
};
