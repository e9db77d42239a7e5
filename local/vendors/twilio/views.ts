import type { StoredMessage } from "./entries.ts";
import { isInbound, type MessageSystem, type TwilioClub } from "./message-system.ts";

const PREFIX = "/2010-04-01/Accounts";

/** `Thu, 12 Nov 2026 10:00:00 +0000`: whole seconds, as everywhere in this API. */
const rfc2822 = (instant: string): string => new Date(instant).toUTCString().replace("GMT", "+0000");

/** A message as the API shows it: counts and price are text, the error's number is not. */
export const messageView = (system: MessageSystem, message: StoredMessage) => {
  const { status, errorCode, sentAt, at } = system.standingOf(message);
  const uri = `${PREFIX}/${message.accountSid}/Messages/${message.sid}`;
  const isCounted = isInbound(message) || message.messagingServiceSid === null || sentAt !== null;
  return {
    sid: message.sid,
    account_sid: message.accountSid,
    api_version: "2010-04-01",
    body: message.body,
    direction: DIRECTION_OF[message.source],
    status,
    from: message.from,
    to: message.to,
    messaging_service_sid: message.messagingServiceSid,
    num_segments: isCounted ? `${Math.max(Math.ceil(message.body.length / 160), 1)}` : "0",
    num_media: `${message.mediaUrls.length}`,
    price: null,
    price_unit: "USD",
    error_code: errorCode,
    error_message: null,
    date_created: rfc2822(message.createdAt),
    date_sent: sentAt === null ? null : rfc2822(sentAt),
    date_updated: rfc2822(at),
    uri: `${uri}.json`,
    subresource_uris: { media: `${uri}/Media.json` },
  };
};

const DIRECTION_OF = { member: "inbound", api: "outbound-api", staff: "outbound-api", vendor: "outbound-reply" } as const;

export const accountView = ({ twilio, name }: TwilioClub) => ({
  sid: twilio.accountSid,
  owner_account_sid: twilio.accountSid,
  friendly_name: name,
  status: "active",
  type: "Full",
  date_created: "Thu, 01 Jan 2026 00:00:00 +0000",
  date_updated: "Thu, 01 Jan 2026 00:00:00 +0000",
  uri: `${PREFIX}/${twilio.accountSid}.json`,
  subresource_uris: { messages: `${PREFIX}/${twilio.accountSid}/Messages.json` },
});

type PageInput = {
  readonly items: readonly { readonly sid: string }[];
  readonly path: string;
  readonly query: URLSearchParams;
  /** Whether a message has come in since the page before: its last one then stands on this page as well. */
  readonly hasDrifted: boolean;
};

/** One page, 50 long without `PageSize`; the token names the last message of the page before. `null` for a strange token. */
export const pageView = ({ items, path, query, hasDrifted }: PageInput) => {
  const size = Math.min(Math.max(Number(query.get("PageSize") ?? "50") || 50, 1), 1_000);
  const token = query.get("PageToken");
  const before = token === null ? -1 : items.findIndex(({ sid }) => `PA${sid}` === token);
  if (token !== null && before === -1) {
    return null;
  }
  const start = before + (hasDrifted && before >= 0 ? 0 : 1);
  const messages = items.slice(start, start + size);
  const page = Number(query.get("Page") ?? "0") || 0;
  const addressOf = (changes: Record<string, string>): string => {
    const next = new URLSearchParams([...query].filter(([name]) => name !== "Page" && name !== "PageToken"));
    Object.entries(changes).forEach(([name, value]) => next.set(name, value));
    return `${path}?${next.toString()}`;
  };
  const last = messages.at(-1);
  const hasMore = start + size < items.length && last !== undefined;
  return {
    messages,
    page,
    page_size: size,
    start,
    end: start + Math.max(messages.length - 1, 0),
    uri: `${path}?${query.toString()}`,
    first_page_uri: addressOf({ Page: "0", PageSize: `${size}` }),
    next_page_uri: hasMore ? addressOf({ Page: `${page + 1}`, PageSize: `${size}`, PageToken: `PA${last.sid}` }) : null,
    previous_page_uri: null,
  };
};
