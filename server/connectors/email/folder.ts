import type { ImapFlow } from "imapflow";

import { ConnectorError } from "../errors.ts";
import { found } from "./imap.ts";
import { DATE_SLACK_MS, MAIL_MAX_BYTES, OVERLAP_UIDS, PAGE_MAX_BYTES, RESYNC_DAYS } from "./limits.ts";
import { FetchedMail, ListedMail, type Position } from "./schemas.ts";

type Reading = {
  readonly path: string;
  readonly position: Position | null;
  /** How many mails at most. */
  readonly limit: number;
  /** Where a folder begins that was never read. */
  readonly since: Date;
};

export type FolderPage = { readonly mails: readonly FetchedMail[]; readonly position: Position; readonly hasMore: boolean };

/** The next mails of a folder, oldest first, without marking them as seen. */
export const readFolder = async (imap: ImapFlow, { path, position, limit, since }: Reading): Promise<FolderPage> => {
  const lock = await imap.getMailboxLock(path, { readOnly: true });
  try {
    const opened = openedFolder(imap);
    const known = position?.uidValidity === opened.uidValidity ? position : null;
    const { start, waiting } = known === null ? await begin(imap, { opened, position, since }) : await goOn(imap, known);
    const listed = await list(imap, { uids: waiting.slice(0, limit), from: new Date(start.from) });
    const page = withinBytes(listed.mails);
    const mails = await fetchMails(
      imap,
      page.mails.map(({ uid }) => uid),
    );
    const read = page.isWhole ? listed.looked : listed.looked.filter((uid) => uid <= (page.mails.at(-1)?.uid ?? 0));
    return {
      mails,
      position: moved(start, { read, newest: page.mails.at(-1)?.internalDate ?? null }),
      hasMore: waiting.length > read.length,
    };
  } finally {
    lock.release();
  }
};

type Opened = { readonly uidValidity: string; readonly uidNext: number };
type Start = { readonly start: Position; readonly waiting: readonly number[] };

const openedFolder = ({ mailbox }: ImapFlow): Opened => {
  if (mailbox === false || typeof mailbox.uidValidity !== "bigint" || typeof mailbox.uidNext !== "number") {
    throw new ConnectorError("malformed", "the mailbox does not say how it numbers its mail");
  }
  return { uidValidity: mailbox.uidValidity.toString(), uidNext: mailbox.uidNext };
};

/** A folder that is new to us, or whose server has numbered everything afresh: from a date on, known mails once more. */
const begin = async (imap: ImapFlow, input: { opened: Opened; position: Position | null; since: Date }): Promise<Start> => {
  const { opened, position, since } = input;
  const newest = position?.newestAt == null ? since : new Date(Date.parse(position.newestAt) - RESYNC_DAYS * 86_400_000);
  const waiting = found(await imap.search({ since: new Date(newest.getTime() - DATE_SLACK_MS) }, { uid: true }));
  const first = waiting[0] ?? opened.uidNext;
  return {
    start: {
      uidValidity: opened.uidValidity,
      from: position?.from ?? since.toISOString(),
      begin: first,
      uid: first - 1,
      recent: [],
      newestAt: position?.newestAt ?? null,
    },
    waiting,
  };
};

const goOn = async (imap: ImapFlow, position: Position): Promise<Start> => {
  const floor = Math.max(position.begin - 1, position.uid - OVERLAP_UIDS);
  const recent = new Set(position.recent);
  // `N:*` names the last mail even where its number is below N (RFC 3501, 9), so what comes back is checked.
  const answered = found(await imap.search({ uid: `${floor + 1}:*` }, { uid: true }));
  return { start: position, waiting: answered.filter((uid) => uid > floor && !recent.has(uid)) };
};

type Listing = { readonly mails: readonly ListedMail[]; readonly looked: readonly number[] };
type ListedMail = { readonly uid: number; readonly size: number; readonly internalDate: Date };

/** Size and arrival of each that arrived after `from`; a server's search by date is too coarse for that. */
const list = async (imap: ImapFlow, { uids, from }: { uids: readonly number[]; from: Date }): Promise<Listing> => {
  if (uids.length === 0) {
    return { mails: [], looked: [] };
  }
  const mails: ListedMail[] = [];
  for await (const item of imap.fetch(uids.join(","), { uid: true, size: true, internalDate: true }, { uid: true })) {
    mails.push(understood(ListedMail.safeParse(item)));
  }
  await assertComplete(imap, { uids, got: mails.map(({ uid }) => uid) });
  const wanted = mails.filter(({ internalDate }) => internalDate >= from);
  return { mails: wanted.toSorted((left, right) => left.uid - right.uid), looked: uids };
};

/** As many of them as one page may weigh, at least one. */
const withinBytes = (mails: readonly ListedMail[]): { readonly mails: readonly ListedMail[]; readonly isWhole: boolean } => {
  let bytes = 0;
  const count = mails.findIndex(({ size }, index) => {
    bytes += Math.min(size, MAIL_MAX_BYTES);
    return index > 0 && bytes > PAGE_MAX_BYTES;
  });
  return count === -1 ? { mails, isWhole: true } : { mails: mails.slice(0, count), isWhole: false };
};

const fetchMails = async (imap: ImapFlow, uids: readonly number[]): Promise<FetchedMail[]> => {
  if (uids.length === 0) {
    return [];
  }
  const mails: FetchedMail[] = [];
  const wanted = { uid: true, internalDate: true, source: { start: 0, maxLength: MAIL_MAX_BYTES } };
  for await (const item of imap.fetch(uids.join(","), wanted, { uid: true })) {
    mails.push(understood(FetchedMail.safeParse(item)));
  }
  await assertComplete(imap, { uids, got: mails.map(({ uid }) => uid) });
  return mails.toSorted((left, right) => left.uid - right.uid);
};

/**
 * A mail that is deleted in between is no loss. One that is still there and was not handed out would be: the library
 * ends its list without an error when the connection goes.
 */
const assertComplete = async (imap: ImapFlow, { uids, got }: { uids: readonly number[]; got: readonly number[] }): Promise<void> => {
  const missing = uids.filter((uid) => !got.includes(uid));
  if (missing.length > 0 && found(await imap.search({ uid: missing.join(",") }, { uid: true })).some((uid) => missing.includes(uid))) {
    throw new ConnectorError("malformed", "the mailbox lists mail that it does not hand out");
  }
};

type Parsed<T> = { readonly success: true; readonly data: T } | { readonly success: false; readonly error: unknown };

const understood = <T>(parsed: Parsed<T>): T => {
  if (!parsed.success) {
    throw new ConnectorError("malformed", "the mailbox answered in an unknown shape", { cause: parsed.error });
  }
  return parsed.data;
};

const moved = (start: Position, { read, newest }: { read: readonly number[]; newest: Date | null }): Position => {
  const uid = Math.max(start.uid, ...read);
  const newestAt = newest === null ? start.newestAt : laterOf(start.newestAt, newest.toISOString());
  return { ...start, uid, recent: [...start.recent, ...read].filter((one) => one > uid - OVERLAP_UIDS), newestAt };
};

const laterOf = (left: string | null, right: string): string => (left !== null && left > right ? left : right);
