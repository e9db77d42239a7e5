import { z } from "zod";

import { ConnectorError } from "../errors.ts";
import type { Connector, ConnectorContext, ReadBackInput, ReadBackResult, SendInput, SendResult } from "../ports.ts";
import { backFill } from "./back-fill.ts";
import { createClient } from "./client.ts";
import type { OpenPhoneClient } from "./client.ts";
import { saveContact } from "./contacts.ts";
import { CLOCK_GRAIN_MS, READ_BACK_PAGES, TEXT_MAX_CHARACTERS, UNKNOWN_SKEW_MS } from "./limits.ts";
import { deliveryStatusOf } from "./map.ts";
import { parseWebhook } from "./webhook.ts";

/**
 * `webhookKey` may hold several keys separated by blanks while one replaces the other: `whsec_…` for webhooks of
 * API version 2026-03-30, bare base64 for those of v1.
 */
export const OpenPhoneCredentials = z.object({
  apiKey: z.string().min(1),
  phoneNumberId: z.string().min(1),
  webhookKey: z.string().default(""),
  /** Only where texts must go out under a certain user of the workspace. */
  userId: z.preprocess((value) => (value === "" ? undefined : value), z.string().min(1).optional()),
});

type Account = z.infer<typeof OpenPhoneCredentials>;

/** OpenPhone (now Quo): texts of one phone number, sent over v1, received by webhook and back-filled by polling. */
export const createOpenPhoneConnector = (context: ConnectorContext): Connector => {
  const account = accountOf(context);
  const client = createClient(context, account.apiKey);
  return {
    provider: "openphone",
    capabilities: ["inbox.poll", "inbox.webhook", "message.send", "message.readBack", "calls.missed", "contacts.write"],
    // Webhooks bring the news; the poll only finds what they lost.
    pace: { activeMs: 60_000, idleMs: 60_000, errorMs: 60_000 },
    check: () => check({ client, account }),
    inbox: {
      poll: (input) => backFill({ ...input, client, phoneNumberId: account.phoneNumberId, now: context.now() }),
    },
    webhook: {
      parse: async (request) =>
        parseWebhook({ request, keys: account.webhookKey, phoneNumberId: account.phoneNumberId, now: context.now() }),
    },
    send: {
      send: (input) => send({ client, account, input }),
      readBack: (input) => readBack({ client, account, input, now: context.now }),
    },
    contacts: { save: (input) => saveContact(client, input) },
  };
};

const accountOf = (context: ConnectorContext): Account => {
  const parsed = OpenPhoneCredentials.safeParse({ ...context.settings, ...context.credentials });
  if (!parsed.success) {
    throw new ConnectorError("unauthorized", "the OpenPhone connection is not filled in completely", { cause: parsed.error });
  }
  return parsed.data;
};

/** A good key says nothing of the number: one that is not among those of the workspace would never send or receive. */
const check = async ({ client, account }: { client: OpenPhoneClient; account: Account }): Promise<{ account: string }> => {
  const number = (await client.listNumbers()).find(({ id }) => id === account.phoneNumberId);
  if (number === undefined) {
    throw new ConnectorError("rejected", "this OpenPhone workspace has no such phone number", { reason: "not_found" });
  }
  return { account: [number.name ?? "", number.number].filter((word) => word !== "").join(", ") };
};

const send = async ({ client, account, input }: { client: OpenPhoneClient; account: Account; input: SendInput }): Promise<SendResult> => {
  if (input.text.trim() === "") {
    throw new ConnectorError("rejected", "the text is empty");
  }
  if (input.text.length > TEXT_MAX_CHARACTERS) {
    throw new ConnectorError("rejected", `the text is longer than ${TEXT_MAX_CHARACTERS} characters`);
  }
  const message = await client.sendMessage({
    content: input.text,
    from: account.phoneNumberId,
    to: [input.to],
    ...(account.userId === undefined ? {} : { userId: account.userId }),
  });
  return { vendorReference: message.id, status: deliveryStatusOf(message.status) ?? "queued" };
};

type ReadBack = { client: OpenPhoneClient; account: Account; input: ReadBackInput; now: () => Date };

/**
 * Looks for the oldest text to this number with these words. `since` is our clock, the messages carry the vendor's;
 * the vendor's answer names its own time, so the two are brought together before they are compared.
 */
const readBack = async ({ client, account, input, now }: ReadBack): Promise<ReadBackResult> => {
  const known = new Set(input.knownReferences);
  const matches: { vendorReference: string; at: Date }[] = [];
  let pageToken: string | null = null;
  for (let page = 0; page < READ_BACK_PAGES; page += 1) {
    const { value, vendorClockAt } = await client.listMessages({
      phoneNumberId: account.phoneNumberId,
      participants: [input.to],
      createdAfter: new Date(input.since.getTime() - UNKNOWN_SKEW_MS),
      pageToken,
    });
    const earliestMs = input.since.getTime() + earliestOffsetMs(vendorClockAt, now());
    for (const message of value.data) {
      const isOurs = message.direction === "outgoing" && (message.text ?? message.body ?? "").trim() === input.text.trim();
      const at = new Date(message.createdAt);
      if (isOurs && at.getTime() >= earliestMs && !known.has(message.id)) {
        matches.push({ vendorReference: message.id, at });
      }
    }
    pageToken = value.nextPageToken ?? null;
    if (pageToken === null) {
      return { found: matches.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null };
    }
  }
  if (matches.length === 0) {
    // "Absent" would allow a second send, so it must not be said of a list that was not read to its end.
    throw new ConnectorError("unavailable", "OpenPhone shows too many texts to tell whether this one was sent");
  }
  return { found: matches.toSorted((a, b) => a.at.getTime() - b.at.getTime())[0] ?? null };
};

const earliestOffsetMs = (vendorClockAt: Date | null, now: Date): number =>
  vendorClockAt === null ? -UNKNOWN_SKEW_MS : vendorClockAt.getTime() - now.getTime() - CLOCK_GRAIN_MS;
