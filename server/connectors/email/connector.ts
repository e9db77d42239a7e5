import type { ImapFlow } from "imapflow";

import { ConnectorError } from "../errors.ts";
import type { PollInput, PollResult } from "../inbox-port.ts";
import type { Capability, Connector, ConnectorContext, ReadBackInput, ReadBackResult, SendInput, SendResult } from "../ports.ts";
import { composeMail } from "./compose.ts";
import { readFolder, type FolderPage } from "./folder.ts";
import { found, sentFolderOf, visitMailbox } from "./imap.ts";
import { ANSWER_TIMEOUT_MS, COPY_TIMEOUT_MS, FIRST_POLL_HOURS, SEND_TIMEOUT_MS, VISIT_TIMEOUT_MS } from "./limits.ts";
import { readMail, type ReadMail } from "./map.ts";
import { messageIdOf } from "./message-id.ts";
import { accountOf, Cursor, type EmailAccount } from "./schemas.ts";
import { reachServer } from "./servers.ts";
import { deliver, tryLogin } from "./smtp.ts";

type Office = {
  readonly context: ConnectorContext;
  readonly account: EmailAccount;
  /** How long one answer of a server may take. */
  readonly answerTimeoutMs: number;
};

/** A mailbox: mail goes out by SMTP and comes in by IMAP, with what the club's people answer from the mailbox itself. */
export const createEmailConnector = (
  context: ConnectorContext,
  { answerTimeoutMs = ANSWER_TIMEOUT_MS }: { readonly answerTimeoutMs?: number } = {},
): Connector => {
  const account = accountOf(context);
  const office: Office = { context, account, answerTimeoutMs };
  const canReadBack = account.keepsSent === "on" && account.sentFolder !== "none";
  const capabilities: Capability[] = [
    "inbox.poll",
    "message.send",
    "message.files",
    ...(canReadBack ? (["message.readBack"] as const) : []),
  ];
  return {
    provider: "email",
    capabilities,
    pace: { activeMs: 20_000, idleMs: 45_000, errorMs: 300_000 },
    check: () => check(office, { canReadBack }),
    inbox: { poll: (input) => poll(office, input) },
    send: {
      send: (input) => send(office, input),
      ...(canReadBack ? { readBack: (input: ReadBackInput) => readBack(office, input) } : {}),
    },
  };
};

/** Each time anew: a name may lead elsewhere than the last time. */
const visit = async <T>(
  { context, account, answerTimeoutMs }: Office,
  work: (imap: ImapFlow) => Promise<T>,
  atMostMs = VISIT_TIMEOUT_MS,
): Promise<T> => {
  const server = await reachServer(context, { account, protocol: "imap" });
  return visitMailbox({ server, account, timeoutMs: atMostMs, answerTimeoutMs, signal: context.signal }, work);
};

const check = async (office: Office, { canReadBack }: { readonly canReadBack: boolean }): Promise<{ account: string }> => {
  const { context, account, answerTimeoutMs } = office;
  await visit(office, async (imap) => {
    if ((await sentFolderOf(imap, account)) === null && canReadBack) {
      throw new ConnectorError("rejected", "the mailbox marks no folder as sent: name it, or enter none", { reason: "not_found" });
    }
  });
  const server = await reachServer(context, { account, protocol: "smtp" });
  await tryLogin({ server, account, timeoutMs: SEND_TIMEOUT_MS, answerTimeoutMs, signal: context.signal });
  return { account: account.address };
};

const poll = async (office: Office, { cursor, limit }: PollInput): Promise<PollResult> => {
  const { context, account } = office;
  const parsed = Cursor.safeParse(cursor);
  const before = parsed.success ? parsed.data : null;
  const since = new Date(context.now().getTime() - FIRST_POLL_HOURS * 3_600_000);
  const half = Math.max(1, Math.ceil(limit / 2));
  const { inbox, sent } = await visit(office, async (imap) => {
    const sentPath = await sentFolderOf(imap, account);
    const read = (path: string, position: Cursor["sent"]) => readFolder(imap, { path, position, limit: half, since });
    return {
      inbox: await read("INBOX", before?.inbox ?? null),
      sent: sentPath === null ? null : await read(sentPath, before?.sent ?? null),
    };
  });
  const mails = [...(await readAll(office, { folder: "inbox", page: inbox })), ...(await readAll(office, { folder: "sent", page: sent }))];
  const after: Cursor = { inbox: inbox.position, sent: sent?.position ?? null };
  const messages = mails.map(({ message }) => message).toSorted((left, right) => left.sentAt.getTime() - right.sentAt.getTime());
  return {
    messages,
    events: mails.flatMap(({ events }) => events),
    cursor: after,
    unchanged: messages.length === 0 && JSON.stringify(after) === JSON.stringify(before),
    more: inbox.hasMore || sent?.hasMore === true,
  };
};

type FolderRead = { readonly folder: "inbox" | "sent"; readonly page: FolderPage | null };

const readAll = async ({ context, account }: Office, { folder, page }: FolderRead): Promise<readonly ReadMail[]> => {
  const { address, fromName } = account;
  const read: ReadMail[] = [];
  // One after the other: a page of large mails is parsed in the memory of one.
  for (const mail of page?.mails ?? []) {
    const one = await readMail(mail, { folder, address, fromName, connectionId: context.connectionId });
    read.push(...(one === null ? [] : [one]));
  }
  return read;
};

const send = async (office: Office, input: SendInput): Promise<SendResult> => {
  const { context, account, answerTimeoutMs } = office;
  const { messageId, raw } = await composeMail(input, { account, connectionId: context.connectionId, at: context.now() });
  const server = await reachServer(context, { account, protocol: "smtp" });
  const info = await deliver(
    { server, account, timeoutMs: SEND_TIMEOUT_MS, answerTimeoutMs, signal: context.signal },
    { to: input.to.trim().toLowerCase(), raw },
  );
  await fileCopy(office, raw);
  return { vendorReference: info.serverMessageId ?? messageId, status: "sent" };
};

/** For the people who look into the mailbox. The mail is out: whatever happens to its copy must not say otherwise. */
const fileCopy = async (office: Office, raw: Buffer): Promise<void> => {
  const { account } = office;
  if (account.keepsSent === "on" || account.sentFolder === "none") {
    return;
  }
  const file = async (imap: ImapFlow): Promise<void> => {
    const path = await sentFolderOf(imap, account);
    if (path !== null) {
      await imap.append(path, raw, ["\\Seen"]);
    }
  };
  await visit(office, file, COPY_TIMEOUT_MS).catch(() => null);
};

/**
 * Only where the server itself files what it accepted: there a mail that is absent was not sent. A copy of our own
 * making would be absent after every broken send, and a second one would go out.
 */
const readBack = (office: Office, { key, to }: ReadBackInput): Promise<ReadBackResult> => {
  const { context, account } = office;
  if (key === undefined) {
    throw new ConnectorError("unavailable", "a mail is found by the key of its effect only");
  }
  const id = messageIdOf({ connectionId: context.connectionId, key, to: to.trim().toLowerCase(), address: account.address });
  const bare = id.slice(1, -1);
  return visit(office, async (imap) => {
    const path = await sentFolderOf(imap, account);
    if (path === null) {
      throw new ConnectorError("unavailable", "the mailbox shows no folder of sent mail");
    }
    const lock = await imap.getMailboxLock(path, { readOnly: true });
    try {
      // Some servers give a mail an id of their own, and keep ours beside it.
      const query = { or: [{ header: { "message-id": bare } }, { header: { "x-spotter-id": bare } }] };
      const [uid] = found(await imap.search(query, { uid: true }));
      if (uid === undefined) {
        return { found: null };
      }
      const mail = await imap.fetchOne(`${uid}`, { uid: true, envelope: true, internalDate: true }, { uid: true });
      if (mail === false || mail === undefined || mail.internalDate === undefined) {
        throw new ConnectorError("malformed", "the mailbox does not show the mail that it found");
      }
      return { found: { vendorReference: mail.envelope?.messageId ?? id, at: new Date(mail.internalDate) } };
    } finally {
      lock.release();
    }
  });
};
