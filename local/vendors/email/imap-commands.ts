import type { MailFault, MailFaults } from "./faults.ts";
import type { Folder } from "./accept-log.ts";
import { searchTest, setTest } from "./imap-search.ts";
import { quoted, type ImapCommand, type Word } from "./imap-words.ts";
import { headerOf, type MailClub, type PostOffice, type StoredFolder, type StoredMail } from "./post-office.ts";

/** What one connection of a client has come to. */
export type Session = { club: MailClub | null; folder: Folder | null };

export type Desk = {
  readonly office: PostOffice;
  readonly faults: MailFaults;
  readonly session: Session;
  readonly write: (text: string | Buffer) => void;
  readonly hangUp: () => void;
};

export const CAPABILITIES = "IMAP4rev1 ID SPECIAL-USE UIDPLUS UNSELECT";

const NEEDS_LOGIN = new Set(["LIST", "LSUB", "SELECT", "EXAMINE", "APPEND", "UID SEARCH", "UID FETCH", "CLOSE", "UNSELECT"]);
const NEEDS_FOLDER = new Set(["UID SEARCH", "UID FETCH", "CLOSE", "UNSELECT"]);

/** Answers one command (RFC 3501) as a server does. */
export const answer = async (desk: Desk, command: ImapCommand): Promise<void> => {
  const { session, write } = desk;
  const { tag, name } = command;
  const run = COMMANDS[name];
  if (run === undefined) {
    write(`${tag} BAD unknown command\r\n`);
  } else if (NEEDS_LOGIN.has(name) && session.club === null) {
    write(`${tag} BAD sign in first\r\n`);
  } else if (NEEDS_FOLDER.has(name) && session.folder === null) {
    write(`${tag} BAD open a folder first\r\n`);
  } else {
    await run(desk, command);
  }
};

type Run = (desk: Desk, command: ImapCommand) => void | Promise<void>;

const strike = ({ faults, session }: Desk, kinds: readonly MailFault[]) =>
  faults.strike({ operation: "imap", club: session.club?.club.slug ?? "", kinds });

const textOf = (word: Word | undefined): string => (typeof word === "string" ? word : "");

const logIn: Run = (desk, { tag, words }) => {
  const { office, session, write } = desk;
  session.club = office.login(textOf(words[0]), textOf(words[1]));
  const fault = session.club === null ? null : strike(desk, ["unauthorized", "throttled"]);
  if (fault?.kind === "throttled") {
    session.club = null;
    // In the words of Microsoft 365, the only server known to name a time.
    write(`${tag} BAD Request is throttled. Suggested Backoff Time: ${(fault.retryAfterSeconds ?? 30) * 1_000} milliseconds\r\n`);
  } else if (session.club === null || fault !== null) {
    session.club = null;
    write(`${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`);
  } else {
    write(`${tag} OK [CAPABILITY ${CAPABILITIES}] signed in\r\n`);
  }
};

const FOLDERS: Readonly<Record<Folder, string>> = { INBOX: String.raw`\HasNoChildren`, Sent: String.raw`\HasNoChildren \Sent` };

const list: Run = ({ write }, { tag, name, words }) => {
  const pattern = textOf(words[1]);
  const shown = pattern === "" ? [] : (["INBOX", "Sent"] as const).filter((folder) => pattern === "*" || pattern === folder);
  if (pattern === "") {
    write(String.raw`* ${name} (\Noselect) "/" ""` + "\r\n");
  }
  for (const folder of shown) {
    write(`* ${name} (${FOLDERS[folder]}) "/" ${quoted(folder)}\r\n`);
  }
  write(`${tag} OK done\r\n`);
};

const select: Run = async (desk, { tag, name, words }) => {
  const { office, session, write, hangUp } = desk;
  const wanted = textOf(words[0]);
  const folderName: Folder | null = wanted.toUpperCase() === "INBOX" ? "INBOX" : wanted === "Sent" ? "Sent" : null;
  const folder = session.club === null || folderName === null ? null : office.folder(session.club, folderName);
  const fault = strike(desk, ["error_before", "timeout_before"]);
  if (fault?.kind === "timeout_before") {
    // It never answers; the client's patience is what is tried.
    return;
  }
  if (fault !== null) {
    write("* BYE [UNAVAILABLE] internal error\r\n");
    hangUp();
    return;
  }
  if (folder === null) {
    session.folder = null;
    write(`${tag} NO [NONEXISTENT] no such folder\r\n`);
    return;
  }
  session.folder = folderName;
  write(`* ${folder.mails.length} EXISTS\r\n* 0 RECENT\r\n* FLAGS (\\Seen \\Answered \\Deleted \\Draft \\Flagged)\r\n`);
  write(`* OK [UIDVALIDITY ${folder.uidValidity}] numbers\r\n* OK [UIDNEXT ${folder.uidNext}] next\r\n`);
  write(`${tag} OK [${name === "EXAMINE" ? "READ-ONLY" : "READ-WRITE"}] open\r\n`);
};

const opened = ({ office, session }: Desk): StoredFolder => {
  const folder = session.club === null || session.folder === null ? null : office.folder(session.club, session.folder);
  if (folder === null) {
    throw new Error("no folder is open");
  }
  return folder;
};

const search: Run = (desk, { tag, words }) => {
  const folder = opened(desk);
  if (strike(desk, ["search_refused"]) !== null) {
    desk.write(`${tag} NO [SERVERBUG] internal error\r\n`);
    return;
  }
  const test = searchTest(words, folder);
  if (test === null) {
    desk.write(`${tag} BAD unknown search key\r\n`);
    return;
  }
  const uids = folder.mails.filter((mail, index) => test(mail, index + 1)).map(({ uid }) => ` ${uid}`);
  desk.write(`* SEARCH${uids.join("")}\r\n${tag} OK done\r\n`);
};

const fetchMail: Run = (desk, { tag, words }) => {
  const folder = opened(desk);
  const isWanted = setTest(textOf(words[0]), folder.mails.at(-1)?.uid ?? 0);
  const asked = [words[1] ?? []].flat().map(textOf);
  const isContent = asked.some((item) => item.startsWith("BODY.PEEK["));
  const fault = isContent ? strike(desk, ["changed_field", "disconnect"]) : null;
  for (const [index, mail] of folder.mails.entries()) {
    if (isWanted(mail.uid)) {
      const parts = asked.map((item) => partOf(mail, fault?.kind === "changed_field" ? `X-${item}` : item));
      desk.write(Buffer.concat([Buffer.from(`* ${index + 1} FETCH (UID ${mail.uid}`), ...parts, Buffer.from(")\r\n")]));
      if (fault?.kind === "disconnect") {
        desk.hangUp();
        return;
      }
    }
  }
  desk.write(`${tag} OK done\r\n`);
};

const partOf = (mail: StoredMail, item: string): Buffer => {
  const [, from, bytes] = /^BODY\.PEEK\[\](?:<(\d+)\.(\d+)>)?$/i.exec(item) ?? [];
  if (item.toUpperCase().startsWith("BODY.PEEK[]")) {
    const content = bytes === undefined ? mail.raw : mail.raw.subarray(Number(from), Number(from) + Number(bytes));
    return Buffer.concat([Buffer.from(` BODY[]${from === undefined ? "" : `<${from}>`} {${content.length}}\r\n`), content]);
  }
  switch (item.toUpperCase()) {
    case "UID":
      return Buffer.alloc(0);
    case "RFC822.SIZE":
      return Buffer.from(` RFC822.SIZE ${mail.raw.length}`);
    case "INTERNALDATE":
      return Buffer.from(` INTERNALDATE ${quoted(imapDate(mail.arrivedAt))}`);
    case "FLAGS":
      return Buffer.from(" FLAGS ()");
    case "ENVELOPE": {
      const [subject, messageId] = ["subject", "message-id"].map((name) => {
        const value = headerOf(mail.raw, name);
        return value === null ? "NIL" : quoted(value);
      });
      return Buffer.from(` ENVELOPE (NIL ${subject} NIL NIL NIL NIL NIL NIL NIL ${messageId})`);
    }
    default:
      return Buffer.from(` ${item.replaceAll(/[^A-Za-z0-9.-]/g, "")} NIL`);
  }
};

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const imapDate = (at: Date): string =>
  `${at.getUTCDate().toString().padStart(2, " ")}-${MONTHS[at.getUTCMonth()] ?? "Jan"}-${at.getUTCFullYear()} ${at.toISOString().slice(11, 19)} +0000`;

const append: Run = ({ office, session, write }, { tag, words }) => {
  const folder = textOf(words[0]);
  const raw = Buffer.from(textOf(words.at(-1)), "latin1");
  if (session.club === null || (folder !== "Sent" && folder !== "INBOX") || raw.length === 0) {
    write(`${tag} NO [TRYCREATE] no such folder\r\n`);
    return;
  }
  const uid = office.file(session.club, { folder, raw });
  write(`${tag} OK [APPENDUID ${office.folder(session.club, folder)?.uidValidity ?? 0} ${uid}] filed\r\n`);
};

const leave: Run = ({ session, write }, { tag }) => {
  session.folder = null;
  write(`${tag} OK closed\r\n`);
};

const COMMANDS: Readonly<Record<string, Run>> = {
  CAPABILITY: ({ write }, { tag }) => write(`* CAPABILITY ${CAPABILITIES}\r\n${tag} OK done\r\n`),
  NOOP: ({ write }, { tag }) => write(`${tag} OK done\r\n`),
  ID: ({ write }, { tag }) => write(`* ID ("name" "Mail sandbox")\r\n${tag} OK done\r\n`),
  LOGIN: logIn,
  LIST: list,
  LSUB: list,
  SELECT: select,
  EXAMINE: select,
  "UID SEARCH": search,
  "UID FETCH": fetchMail,
  APPEND: append,
  CLOSE: leave,
  UNSELECT: leave,
  LOGOUT: ({ write, hangUp }, { tag }) => {
    write(`* BYE see you\r\n${tag} OK done\r\n`);
    hangUp();
  },
};
