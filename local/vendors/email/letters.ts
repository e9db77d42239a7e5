import { randomUUID } from "node:crypto";

export const LETTER_SHAPES = ["plain", "html", "no_ids", "bad_charset", "auto_reply", "list", "with_file"] as const;

export type LetterShape = (typeof LETTER_SHAPES)[number];

export type Letter = {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly shape: LetterShape;
  /** Message-ID of the mail it answers, and the whole row of those before. */
  readonly inReplyTo?: string | undefined;
  readonly references?: readonly string[] | undefined;
  readonly messageId?: string | undefined;
  /** `contentBase64` goes out as it is. */
  readonly files?: readonly LetterFile[] | undefined;
  readonly at: Date;
};

export type LetterFile = { readonly name: string; readonly type: string; readonly contentBase64: string };

/** A mail as programs of members write it, the odd ones too. */
export const letterOf = (letter: Letter): Buffer => {
  const { files = [], shape, text } = letter;
  const headers = [...framing(letter), ...SIGNS_OF_MACHINES[shape]];
  if (files.length > 0) {
    return mail([...headers, `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`], withFiles(text, files));
  }
  switch (shape) {
    case "html":
      return mail([...headers, "Content-Type: text/html; charset=utf-8"], htmlOf(text));
    case "bad_charset":
      return Buffer.concat([
        mail([...headers, "Content-Type: text/plain; charset=x-mac-klingon"], text),
        Buffer.from([0x20, 0xe9, 0xff, 0x0d, 0x0a]),
      ]);
    case "with_file":
      return mail([...headers, `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`], withFiles(text, [WAIVER]));
    default:
      return mail([...headers, "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"], text);
  }
};

const BOUNDARY = "=_parts_of_the_sandbox";

const SIGNS_OF_MACHINES: Readonly<Record<LetterShape, readonly string[]>> = {
  plain: [],
  html: [],
  no_ids: [],
  bad_charset: [],
  with_file: [],
  auto_reply: ["Auto-Submitted: auto-replied", "X-Auto-Response-Suppress: All"],
  list: ["List-Id: <news.supplier.example>", "Precedence: bulk"],
};

const framing = ({ from, fromName, to, subject, shape, inReplyTo, references, messageId, at }: Letter): string[] => [
  `From: "${fromName}" <${from}>`,
  `To: <${to}>`,
  `Subject: ${subject}`,
  ...(shape === "no_ids" ? [] : [`Message-ID: ${messageId ?? newMessageId(from)}`, `Date: ${at.toUTCString()}`]),
  ...(inReplyTo === undefined ? [] : [`In-Reply-To: ${inReplyTo}`, `References: ${[...(references ?? []), inReplyTo].join("\r\n ")}`]),
  "MIME-Version: 1.0",
];

const newMessageId = (from: string): string => `<${randomUUID()}@${from.split("@")[1] ?? "members.example"}>`;

const mail = (headers: readonly string[], body: string): Buffer =>
  Buffer.from(`${headers.join("\r\n")}\r\n\r\n${body.replaceAll(/\r?\n/g, "\r\n")}\r\n`);

const htmlOf = (text: string): string =>
  `<html><body><style>p{color:#333}</style><p>${text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("\n", "<br>")}</p></body></html>`;

const WAIVER: LetterFile = {
  name: "waiver.pdf",
  type: "application/pdf",
  contentBase64: Buffer.from("%PDF-1.4 an invented waiver").toString("base64"),
};

const withFiles = (text: string, files: readonly LetterFile[]): string =>
  [
    `--${BOUNDARY}`,
    "Content-Type: text/plain; charset=utf-8",
    "",
    text,
    ...files.flatMap(({ contentBase64, name, type }) => [
      `--${BOUNDARY}`,
      `Content-Type: ${type}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      "Content-Transfer-Encoding: base64",
      "",
      contentBase64.replaceAll(/.{76}/g, "$&\n"),
    ]),
    `--${BOUNDARY}--`,
  ].join("\n");

export type Bounce = {
  readonly mailbox: string;
  readonly recipient: string;
  /** Enhanced status code, such as 5.1.1. */
  readonly status: string;
  /** Header lines of the mail that came back. */
  readonly returned: string;
  readonly at: Date;
};

/** A delivery report (RFC 3464) as a mail server sends it to whoever sent the mail. */
export const bounceOf = ({ mailbox, recipient, status, returned, at }: Bounce): Buffer =>
  mail(
    [
      "Return-Path: <>",
      'From: "Mail Delivery System" <mailer-daemon@mx.sandbox.example>',
      `To: <${mailbox}>`,
      "Subject: Undelivered Mail Returned to Sender",
      `Message-ID: <${randomUUID()}@mx.sandbox.example>`,
      `Date: ${at.toUTCString()}`,
      "Auto-Submitted: auto-replied",
      "MIME-Version: 1.0",
      `Content-Type: multipart/report; report-type=delivery-status;\r\n boundary="${BOUNDARY}"`,
    ],
    [
      `--${BOUNDARY}`,
      "Content-Type: text/plain; charset=us-ascii",
      "",
      `Your mail to ${recipient} could not be delivered.`,
      `--${BOUNDARY}`,
      "Content-Type: message/delivery-status",
      "",
      "Reporting-MTA: dns; mx.sandbox.example",
      "",
      `Final-Recipient: rfc822; ${recipient}`,
      `Action: ${status.startsWith("4") ? "delayed" : "failed"}`,
      `Status: ${status}`,
      `Diagnostic-Code: smtp; 550 ${status} refused`,
      `--${BOUNDARY}`,
      "Content-Type: text/rfc822-headers",
      "",
      returned,
      `--${BOUNDARY}--`,
    ].join("\n"),
  );
