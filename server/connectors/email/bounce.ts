import type { VendorEvent } from "../webhook.ts";
import { ADDRESS_IS_GONE } from "./limits.ts";
import { isOurs } from "./message-id.ts";

type Report = {
  /** The whole mail. */
  readonly source: Buffer;
  readonly contentType: string;
  readonly connectionId: string;
  readonly at: Date;
};

/**
 * What a delivery report (RFC 3464) says of our mail. It is believed only where it returns our Message-ID to that very
 * recipient: anybody can write a report about anybody.
 */
export const eventsOfReport = ({ source, contentType, connectionId, at }: Report): readonly VendorEvent[] => {
  if (!/^\s*multipart\/report\b/i.test(contentType) || !/report-type\s*=\s*"?delivery-status/i.test(contentType)) {
    return [];
  }
  const parts = partsOf(source.toString("latin1"), contentType);
  const status = parts.find(({ type }) => type === "message/delivery-status");
  const returned = parts.find(({ type }) => type === "message/rfc822" || type === "text/rfc822-headers");
  const messageId = returned === undefined ? null : messageIdIn(returned.body);
  if (status === undefined || messageId === null) {
    return [];
  }
  return recipientsOf(status.body).flatMap(({ recipient, action, code }): VendorEvent[] => {
    if (action !== "failed" || !isOurs(messageId, { connectionId, to: recipient })) {
      return [];
    }
    const delivery: VendorEvent = { kind: "delivery", externalId: messageId, status: "undelivered", errorCode: code, at };
    return ADDRESS_IS_GONE.test(code)
      ? [delivery, { kind: "suppression", address: recipient, channelKind: "email", isSuppressed: true, source: "hard_bounce", at }]
      : [delivery];
  });
};

type Part = { readonly type: string; readonly body: string };

const partsOf = (source: string, contentType: string): Part[] => {
  const boundary = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType);
  const mark = boundary?.[1] ?? boundary?.[2];
  if (mark === undefined) {
    return [];
  }
  return `\n${source.replaceAll("\r\n", "\n")}`.split(`\n--${mark}`).slice(1).map(partOf);
};

const partOf = (text: string): Part => {
  const [head = "", ...rest] = text.replace(/^[^\n]*\n/, "").split("\n\n");
  return { type: (fieldsOf(head).get("content-type") ?? "text/plain").split(";")[0]?.trim().toLowerCase() ?? "", body: rest.join("\n\n") };
};

const messageIdIn = (mail: string): string | null => {
  const fields = fieldsOf(mail.split("\n\n")[0] ?? "");
  // A server that gives out ids of its own still returns the one we wrote beside it.
  return fields.get("x-spotter-id") ?? fields.get("message-id") ?? null;
};

type Recipient = { readonly recipient: string; readonly action: string; readonly code: string };

/** The first group speaks of the mail as a whole; each further one of a recipient. */
const recipientsOf = (status: string): Recipient[] =>
  status.split(/\n\s*\n/).flatMap((group) => {
    const fields = fieldsOf(group);
    const recipient = /;\s*<?([^<>\s]+@[^<>\s]+)>?/.exec(fields.get("original-recipient") ?? fields.get("final-recipient") ?? "")?.[1];
    const code = /^\s*([245]\.\d{1,3}\.\d{1,3})\b/.exec(fields.get("status") ?? "")?.[1];
    const action = fields.get("action")?.trim().toLowerCase();
    return recipient === undefined || code === undefined || action === undefined
      ? []
      : [{ recipient: recipient.toLowerCase(), action, code }];
  });

/** Header fields by name in lower case; folded lines are put together, the first of a name counts. */
const fieldsOf = (head: string): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const line of head.replaceAll(/\n[ \t]+/g, " ").split("\n")) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase())) {
      fields.set(name.toLowerCase(), value.trim());
    }
  }
  return fields;
};
