import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext, SendInput, SendResult } from "../ports.ts";
import { backFill } from "./back-fill.ts";
import { createClient, type TwilioClient } from "./client.ts";
import { TEXT_MAX_CHARACTERS } from "./limits.ts";
import { deliveryStatusOf } from "./map.ts";
import { fetchMedia } from "./media.ts";
import { readBack } from "./read-back.ts";
import { TwilioAccount } from "./schemas.ts";
import { parseWebhook } from "./webhook.ts";

/** Twilio Messaging: texts of one number, sent over the vendor's SDK, received by webhook and back-filled by polling. */
export const createTwilioConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account);
  return {
    provider: "twilio",
    capabilities: ["inbox.poll", "inbox.webhook", "message.send", "message.readBack"],
    // Webhooks bring the news; the poll only finds what they lost.
    pace: { activeMs: 60_000, idleMs: 60_000, errorMs: 60_000 },
    check: () => check({ client, account }),
    inbox: {
      poll: ({ cursor, limit }) => backFill({ client, phoneNumber: account.phoneNumber, cursor, limit, now: context.now() }),
    },
    files: { fetch: (asked) => fetchMedia({ context, account, ...asked }) },
    webhook: { parse: async (request) => parseWebhook({ request, account, now: context.now() }) },
    send: {
      send: (input) => send({ client, account, input, isStandIn: context.settings.baseUrl !== undefined }),
      readBack: (input) => readBack({ client, phoneNumber: account.phoneNumber, input, now: context.now }),
    },
  };
};

const accountOf = (context: ConnectorContext): TwilioAccount => {
  const parsed = TwilioAccount.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the Twilio connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

type Base = { readonly client: TwilioClient; readonly account: TwilioAccount };

const check = async ({ client, account }: Base): Promise<{ account: string }> => {
  const { friendlyName, status } = await client.fetchAccount();
  if (status !== "active") {
    throw new ConnectorError("rejected", `the Twilio account is ${status}`, { reason: "not_allowed" });
  }
  return { account: `${friendlyName}, ${account.phoneNumber}` };
};

type Send = Base & {
  readonly input: SendInput;
  /** Whether a sandbox or a proxy stands in the vendor's place. */
  readonly isStandIn: boolean;
};

const send = async ({ client, account, input, isStandIn }: Send): Promise<SendResult> => {
  if (input.text.trim() === "") {
    throw new ConnectorError("rejected", "the text is empty");
  }
  if (input.text.length > TEXT_MAX_CHARACTERS) {
    throw new ConnectorError("rejected", `the text is longer than ${TEXT_MAX_CHARACTERS} characters`);
  }
  const { webhookUrl } = account;
  // The real vendor refuses a text whose report it could not deliver, as to an installation without a public address.
  const statusCallback = webhookUrl !== undefined && (webhookUrl.startsWith("https:") || isStandIn) ? webhookUrl : undefined;
  const message = await client.sendMessage({ to: input.to, body: input.text, statusCallback });
  return { vendorReference: message.sid, status: deliveryStatusOf(message.status) ?? "queued" };
};
