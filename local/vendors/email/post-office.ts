import type { DemoClub } from "../../../prisma/demo.ts";
import type { AcceptLog, Accepted } from "../_shared/accept-log.ts";
import { worldOf } from "../world.ts";
import type { Entry, Folder } from "./accept-log.ts";

export type Account = { readonly address: string; readonly user: string; readonly password: string; readonly keepsSent: boolean };

export type MailClub = { readonly club: DemoClub; readonly account: Account };

export type StoredMail = { readonly uid: number; readonly raw: Buffer; readonly arrivedAt: Date };

export type StoredFolder = { readonly uidValidity: number; readonly uidNext: number; readonly mails: readonly StoredMail[] };

export type PostOffice = {
  readonly clubs: readonly MailClub[];
  readonly login: (user: string, password: string) => MailClub | null;
  /** Whether somebody reads mail there: an invented member, a club, or whoever has written before. */
  readonly isKnown: (address: string) => boolean;
  readonly accept: (club: MailClub, mail: { readonly to: readonly string[]; readonly raw: Buffer }) => void;
  readonly file: (club: MailClub, mail: { readonly folder: Folder; readonly raw: Buffer }) => number;
  readonly renumber: (club: MailClub) => void;
  readonly folder: (club: MailClub, name: Folder) => StoredFolder | null;
};

type Input = {
  readonly clubs: readonly DemoClub[];
  readonly log: AcceptLog<Entry>;
  readonly now: () => Date;
  /** Replaces what the demo says, for tests of servers that file nothing. */
  readonly keepsSent?: boolean;
};

type Box = Record<Folder, { uidValidity: number; uidNext: number; mails: StoredMail[] }>;

/** All mailboxes, rebuilt from the accept log. */
export const openPostOffice = ({ clubs: all, log, now, keepsSent }: Input): PostOffice => {
  const clubs = all.flatMap((club): MailClub[] =>
    club.email === null ? [] : [{ club, account: { ...club.email, keepsSent: keepsSent ?? club.email.keepsSent } }],
  );
  const boxes = new Map(clubs.map(({ club }) => [club.slug, emptyBox()]));
  const people = new Set([
    ...all.flatMap((club) => worldOf(club).map(({ email }) => email)),
    ...clubs.map(({ account }) => account.address),
  ]);
  const remember = (entry: Accepted<Entry>): number => {
    const box = boxes.get(entry.club);
    const club = clubs.find((one) => one.club.slug === entry.club);
    if (box === undefined || club === undefined) {
      return 0;
    }
    if (entry.kind === "renumbered") {
      renumberBox(box);
      return 0;
    }
    const raw = Buffer.from(entry.raw, "base64");
    if (entry.kind === "sent") {
      return club.account.keepsSent ? put(box, { folder: "Sent", raw, at: entry.at }) : 0;
    }
    const writer = addressIn(headerOf(raw, "from") ?? "");
    if (writer !== null) {
      people.add(writer);
    }
    return put(box, { folder: entry.folder, raw, at: entry.at });
  };
  log.entries().forEach(remember);
  const append = (entry: Entry): number => remember(log.append(entry, now()));
  return {
    clubs,
    login: (user, password) => clubs.find(({ account }) => account.user === user && account.password === password) ?? null,
    isKnown: (address) => people.has(address.toLowerCase()),
    accept: ({ club }, { to, raw }) => {
      append({ kind: "sent", club: club.slug, messageId: headerOf(raw, "message-id") ?? "", to, raw: raw.toString("base64") });
      for (const other of clubs.filter(({ account }) => to.includes(account.address))) {
        append({ kind: "filed", club: other.club.slug, folder: "INBOX", raw: raw.toString("base64") });
      }
    },
    file: ({ club }, { folder, raw }) => append({ kind: "filed", club: club.slug, folder, raw: raw.toString("base64") }),
    renumber: ({ club }) => {
      append({ kind: "renumbered", club: club.slug });
    },
    folder: ({ club }, name) => boxes.get(club.slug)?.[name] ?? null,
  };
};

const FIRST_VALIDITY = 1_700_000_001;

const emptyBox = (): Box => ({
  INBOX: { uidValidity: FIRST_VALIDITY, uidNext: 1, mails: [] },
  Sent: { uidValidity: FIRST_VALIDITY + 500, uidNext: 1, mails: [] },
});

const put = (box: Box, { folder, raw, at }: { folder: Folder; raw: Buffer; at: string }): number => {
  const place = box[folder];
  const uid = place.uidNext;
  place.uidNext += 1;
  place.mails.push({ uid, raw, arrivedAt: new Date(at) });
  return uid;
};

/** As after a move to another server: the same mail in the same order under numbers that begin elsewhere. */
const renumberBox = (box: Box): void => {
  for (const folder of [box.INBOX, box.Sent]) {
    folder.uidValidity += 1;
    folder.mails = folder.mails.map((mail, index) => ({ ...mail, uid: index + 1 }));
    folder.uidNext = folder.mails.length + 1;
  }
};

/** The first header of a name, unfolded; `null` where it is not there. */
export const headerOf = (raw: Buffer, name: string): string | null => {
  const head = raw.toString("latin1").split(/\r?\n\r?\n/, 1)[0] ?? "";
  const line = head
    .replaceAll(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/)
    .find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line === undefined ? null : line.slice(name.length + 1).trim();
};

export const addressIn = (field: string): string | null => /[^\s<>"]+@[^\s<>",]+/.exec(field)?.[0].toLowerCase() ?? null;
