import { createHash } from "node:crypto";

import { simpleParser, type AddressObject, type ParsedMail } from "mailparser";

import type { VendorMedia } from "../files.ts";
import type { VendorMessage } from "../ports.ts";
import type { VendorEvent } from "../webhook.ts";
import { isAutomatic } from "./automatic.ts";
import { eventsOfReport } from "./bounce.ts";
import { ATTACHMENTS_MAX_COUNT, HTML_MAX_CHARACTERS, MAIL_MAX_BYTES } from "./limits.ts";
import { withoutQuote } from "./quote.ts";
import type { FetchedMail } from "./schemas.ts";

type Surroundings = {
  readonly folder: "inbox" | "sent";
  /** The mailbox's own address, lower case. */
  readonly address: string;
  /** The club's name as our mails carry it. */
  readonly fromName: string;
  readonly connectionId: string;
};

export type ReadMail = { readonly message: VendorMessage; readonly events: readonly VendorEvent[] };

/** `null` for what is filed as sent without anybody it was sent to. */
export const readMail = async (mail: FetchedMail, surroundings: Surroundings): Promise<ReadMail | null> => {
  const parsed = await parse(mail.source);
  const first = firstHeader(parsed);
  const from = addressesOf(parsed?.from)[0] ?? null;
  const other = surroundings.folder === "inbox" ? writerOf({ from, parsed, own: surroundings.address }) : recipientOf(parsed, surroundings);
  if (other === null && surroundings.folder === "sent") {
    return null;
  }
  const externalId = idOf(parsed?.messageId) ?? hashOf(mail.source);
  const isFromMachine = isAutomatic({ first, from: other?.address ?? null }) || other?.address === surroundings.address;
  const subject = parsed?.subject?.trim();
  const html = parsed === null || parsed.html === false ? "" : parsed.html;
  const message: VendorMessage = {
    externalId,
    direction: surroundings.folder === "inbox" ? "inbound" : "outbound",
    channelExternalId: surroundings.address,
    contact: { address: other?.address ?? null, externalId: other === null ? externalId : null, name: other?.name ?? null },
    text: parsed === null ? UNREADABLE : withoutQuote((parsed.text ?? "").replaceAll("\r\n", "\n")),
    ...(html === "" ? {} : { html: html.slice(0, HTML_MAX_CHARACTERS) }),
    ...(subject === undefined || subject === "" ? {} : { subject }),
    threadKey: threadOf(parsed) ?? externalId,
    // The server's clock: the Date header is the sender's to choose.
    sentAt: mail.internalDate,
    media: mediaOf(parsed, { externalId, isCut: mail.source.length >= MAIL_MAX_BYTES }),
    ...(surroundings.folder === "sent" && from?.name !== undefined && from.name !== null && from.name !== surroundings.fromName
      ? { authorName: from.name }
      : {}),
    ...(surroundings.folder === "inbox" && isFromMachine ? { isAutomatic: true } : {}),
  };
  const events =
    surroundings.folder === "inbox"
      ? eventsOfReport({
          source: mail.source,
          contentType: first("content-type") ?? "",
          connectionId: surroundings.connectionId,
          at: mail.internalDate,
        })
      : [];
  return { message, events };
};

/** Stands for a mail that no parser gets through: a person must look, and it holds up nothing else. */
const UNREADABLE = "(This e-mail cannot be read here. Please open it in the mailbox.)";

const parse = async (source: Buffer): Promise<ParsedMail | null> => {
  try {
    return await simpleParser(source, {
      skipImageLinks: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      maxHtmlLengthToParse: HTML_MAX_CHARACTERS,
    });
  } catch {
    return null;
  }
};

/** The raw value of the first header of a name, unfolded. */
const firstHeader =
  (parsed: ParsedMail | null) =>
  (name: string): string | undefined => {
    const line = parsed?.headerLines.find(({ key }) => key === name)?.line;
    return line
      ?.slice(line.indexOf(":") + 1)
      .replaceAll(/\r?\n[ \t]+/g, " ")
      .trim();
  };

type Person = { readonly address: string; readonly name: string | null };

const addressesOf = (field: AddressObject | AddressObject[] | undefined): Person[] =>
  [field ?? []]
    .flat()
    .flatMap(({ value }) => value)
    .flatMap(({ address, name }) => {
      const plain = address?.trim().toLowerCase() ?? "";
      const shown = name.trim();
      return /^[^\s@]+@[^\s@]+$/.test(plain) ? [{ address: plain, name: shown === "" ? null : shown }] : [];
    });

/** A form on the club's site writes under the club's own address; whom to answer then stands beside it. */
const writerOf = ({ from, parsed, own }: { from: Person | null; parsed: ParsedMail | null; own: string }): Person | null =>
  from?.address === own ? (addressesOf(parsed?.replyTo)[0] ?? from) : from;

const recipientOf = (parsed: ParsedMail | null, { address }: Surroundings): Person | null =>
  [...addressesOf(parsed?.to), ...addressesOf(parsed?.cc)].find((person) => person.address !== address) ?? null;

const ID = /<[^<>\s]{1,900}>/;

const idOf = (text: string | undefined): string | null => ID.exec(text ?? "")?.[0] ?? null;

/** The first mail of the thread, as all answers name it; without References the one that is answered. */
const threadOf = (parsed: ParsedMail | null): string | null => {
  const references = [parsed?.references ?? []].flat().join(" ");
  return idOf(references) ?? idOf(parsed?.inReplyTo);
};

/** For a mail without an id: the same bytes are the same mail, also after a resync. */
const hashOf = (source: Buffer): string => `sha256:${createHash("sha256").update(source).digest("hex")}`;

/** `isCut`: the mail was longer than what is fetched of one, so its last file is not whole. */
type MediaOf = { readonly externalId: string; readonly isCut: boolean };

/**
 * What was sent along, but not what the mail itself shows, such as the logo below a name. A part of a mail has no address on the web;
 * RFC 2392 names the mail it lies in.
 */
const mediaOf = (parsed: ParsedMail | null, { externalId, isCut }: MediaOf): VendorMedia[] => {
  const url = `mid:${encodeURIComponent(externalId.replaceAll(/[<>]/g, ""))}`;
  const parts = parsed?.attachments ?? [];
  const broken = isCut ? parts.at(-1) : undefined;
  return parts
    .filter(({ related }) => !related)
    .slice(0, ATTACHMENTS_MAX_COUNT)
    .map((part) => ({
      url,
      type: part.contentType,
      ...(part.filename === undefined ? {} : { name: part.filename }),
      ...(part === broken ? {} : { sizeBytes: part.content.length, content: new Uint8Array(part.content) }),
    }));
};
