import "server-only";

import type { VendorMessage } from "#server/connectors/ports.ts";
import { maskOwnCodes } from "#server/domain/identity-check.ts";
import { cleanInbound, normaliseForHash, previewOf, stripInvisible } from "#server/domain/text.ts";
import type { ChannelKind, Provider } from "#server/domain/vocabulary.ts";
import { sha256 } from "#server/platform/keys.ts";
import type { Arrival, IngestConnection } from "#server/services/messages/store-message.ts";

const CHANNEL_KIND: Partial<Record<Provider, ChannelKind>> = { openphone: "sms", twilio: "sms", clubos: "clubos", email: "email" };

/** What is not known of a message yet: its text cleaned, its preview and its hash. */
export const prepareArrival = (connection: IngestConnection, raw: VendorMessage): Arrival => {
  const message = withCleanFields(raw);
  const text = maskOwnCodes(cleanInbound(message.text).text);
  return {
    connection,
    message,
    channelKind: CHANNEL_KIND[connection.provider] ?? "sms",
    text,
    preview: text === "" && message.media.length > 0 ? "Picture or file" : previewOf(text),
    bodyHash: sha256(normaliseForHash(text)),
  };
};

/** Names and subjects are as foreign as the text: one character PostgreSQL refuses would hold up the whole page for ever. */
const withCleanFields = (message: VendorMessage): VendorMessage => {
  const { contact, html, subject, staffAddressee, authorName } = message;
  return {
    ...message,
    contact: { ...contact, name: contact.name === null ? null : stripInvisible(contact.name) },
    ...(html === undefined ? {} : { html: maskOwnCodes(stripInvisible(html)) }),
    ...(subject === undefined ? {} : { subject: stripInvisible(subject) }),
    ...(staffAddressee === undefined ? {} : { staffAddressee: stripInvisible(staffAddressee) }),
    ...(authorName === undefined ? {} : { authorName: stripInvisible(authorName) }),
  };
};
