import MailComposer from "nodemailer/lib/mail-composer";

import { ConnectorError } from "../errors.ts";
import type { SentFile } from "../files.ts";
import type { SendInput } from "../ports.ts";
import { SUBJECT_OF_REPLY } from "./limits.ts";
import { messageIdOf } from "./message-id.ts";
import type { EmailAccount } from "./schemas.ts";

export type Composed = { readonly messageId: string; readonly raw: Buffer };

type Frame = { readonly account: EmailAccount; readonly connectionId: string; readonly at: Date };

/**
 * The mail as it goes out, byte for byte, so that the copy in the Sent folder is the very same.
 * @throws `rejected` for a text without words or an address that is none
 */
export const composeMail = async (input: SendInput, { account, connectionId, at }: Frame): Promise<Composed> => {
  const to = input.to.trim().toLowerCase();
  if (!/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(to)) {
    throw new ConnectorError("rejected", "this is no e-mail address", { reason: "invalid_address" });
  }
  if (input.text.trim() === "") {
    throw new ConnectorError("rejected", "the mail is empty");
  }
  const messageId = messageIdOf({ connectionId, key: input.key, to, address: account.address });
  const thread = /^<[^<>\s]{1,900}>$/.exec(input.threadKey ?? "")?.[0];
  const mail = new MailComposer({
    from: { address: account.address, name: account.fromName },
    to: { address: to, name: "" },
    subject: subjectOf(input, account),
    text: input.text,
    ...(input.html === undefined ? {} : { html: input.html }),
    ...(input.files === undefined ? {} : { attachments: input.files.map(attachmentOf) }),
    messageId,
    date: at,
    ...(thread === undefined ? {} : { inReplyTo: thread, references: thread }),
    // As plain headers: the library's own `list` option spoils List-Unsubscribe-Post.
    headers: { "X-Spotter-Id": messageId, ...unsubscribeHeaders(input.unsubscribeUrl) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { messageId, raw: await mail.compile().build() };
};

/** Always as a file: nothing of it is shown within the mail. */
const attachmentOf = ({ content, mediaType, name }: SentFile) => ({
  filename: name,
  contentType: mediaType,
  contentDisposition: "attachment" as const,
  content: Buffer.from(content),
});

const subjectOf = ({ subject = "", threadKey }: SendInput, { fromName, address }: EmailAccount): string => {
  const plain = subject.replaceAll(/\s+/g, " ").trim();
  if (threadKey === undefined || threadKey === "") {
    return plain === "" ? `A message from ${fromName === "" ? address : fromName}` : plain;
  }
  if (plain === "") {
    return SUBJECT_OF_REPLY;
  }
  return /^(?:re|aw|sv)\s*(?:\[\d+\])?:/i.test(plain) ? plain : `Re: ${plain}`;
};

/** RFC 8058: both headers, one address, and a POST without asking. */
const unsubscribeHeaders = (address: string | undefined): Record<string, string> => {
  if (address === undefined) {
    return {};
  }
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new ConnectorError("rejected", "the address to unsubscribe at is none of the web");
  }
  return { "List-Unsubscribe": `<${url.href}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };
};
