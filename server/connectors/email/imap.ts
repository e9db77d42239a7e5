import { ImapFlow } from "imapflow";

import { ConnectorError } from "../errors.ts";
import { imapFailure } from "./failures.ts";
import { MAIL_MAX_BYTES } from "./limits.ts";
import type { EmailAccount } from "./schemas.ts";
import type { MailServer } from "./servers.ts";

type Visit = {
  readonly server: MailServer;
  readonly account: EmailAccount;
  /** The whole visit, and within it one answer of the server. */
  readonly timeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
};

/** Signs in, works, and leaves. One connection at a time; whatever goes wrong comes out as a `ConnectorError`. */
export const visitMailbox = async <T>(visit: Visit, work: (imap: ImapFlow) => Promise<T>): Promise<T> => {
  let throttledForMs: number | null = null;
  const imap = connectionTo(visit, (ms) => {
    throttledForMs = ms;
    imap.close();
  });
  const stop = (): void => imap.close();
  const timer = setTimeout(stop, visit.timeoutMs);
  visit.signal?.addEventListener("abort", stop, { once: true });
  try {
    await imap.connect();
    return await work(imap);
  } catch (error) {
    throw imapFailure(error, { throttledForMs });
  } finally {
    clearTimeout(timer);
    visit.signal?.removeEventListener("abort", stop);
    imap.close();
  }
};

const connectionTo = ({ server, account, answerTimeoutMs }: Visit, onThrottled: (ms: number) => void): ImapFlow => {
  const imap = new ImapFlow({
    host: server.ip,
    port: server.port,
    secure: server.tls === "first",
    ...(server.tls === "first" ? {} : { doSTARTTLS: server.tls === "upgrade" }),
    ...(server.servername === undefined ? {} : { servername: server.servername }),
    tls: { minVersion: "TLSv1.2" },
    auth: { user: account.user ?? account.address, pass: account.password },
    connectionTimeout: answerTimeoutMs,
    greetingTimeout: answerTimeoutMs,
    socketTimeout: answerTimeoutMs,
    maxLiteralSize: MAIL_MAX_BYTES * 2,
    disableAutoIdle: true,
    disableCompression: true,
    // The library waits out a server's request to slow down by itself, for minutes; this is the one way to hear of it at once.
    logger: {
      debug: nothing,
      info: nothing,
      error: nothing,
      warn: (entry: unknown) => {
        if (typeof entry === "object" && entry !== null && "throttleDelay" in entry && typeof entry.throttleDelay === "number") {
          onThrottled(entry.throttleDelay);
        }
      },
    },
  });
  // Without a listener an error of the socket would end the process; the call that is under way rejects by itself.
  imap.on("error", nothing);
  return imap;
};

const nothing = (): void => undefined;

/** The folder of sent mail, or `null` where the account says there is none or the server marks none. */
export const sentFolderOf = async (imap: ImapFlow, { sentFolder }: EmailAccount): Promise<string | null> => {
  if (sentFolder === "none") {
    return null;
  }
  const folders = await imap.list();
  const found = folders.find(({ path, specialUse }) => (sentFolder === "auto" ? specialUse === "\\Sent" : path === sentFolder));
  if (found === undefined && sentFolder !== "auto") {
    throw new ConnectorError("rejected", `the mailbox has no folder named ${sentFolder}`, { reason: "not_found" });
  }
  return found?.path ?? null;
};

/** The library answers `false` for a search that failed: that must never pass for "nothing found". */
export const found = (answer: number[] | false | undefined | object): readonly number[] => {
  if (!Array.isArray(answer)) {
    throw new ConnectorError("unavailable", "the mailbox did not answer a search");
  }
  return answer.toSorted((left: number, right: number) => left - right);
};
