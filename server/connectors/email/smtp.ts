import { Readable } from "node:stream";

import SMTPConnection, { type SMTPConnectionSendInfo } from "nodemailer/lib/smtp-connection";

import { ConnectorError } from "../errors.ts";
import { smtpFailure, type SmtpTrouble } from "./failures.ts";
import type { EmailAccount } from "./schemas.ts";
import type { MailServer } from "./servers.ts";

type Session = {
  readonly server: MailServer;
  readonly account: EmailAccount;
  /** The whole of it, whatever the server does in between. */
  readonly timeoutMs: number;
  readonly answerTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
};

export type Letter = { readonly to: string; readonly raw: Buffer };

/** Hands one mail to the server. Never tried twice. Nodemailer's own connection, because it tells before from after. */
export const deliver = (session: Session, letter: Letter): Promise<SMTPConnectionSendInfo> =>
  converse(session, ({ smtp, fail, succeed, begin }) => {
    const body = Readable.from(
      (async function* () {
        // Read only once the server has said yes to DATA: until here no byte of the mail has left.
        begin();
        yield letter.raw;
      })(),
    );
    smtp.send({ from: session.account.address, to: [letter.to], size: letter.raw.length }, body, (error, info) => {
      const refused = error ?? info.rejectedErrors?.[0] ?? null;
      if (refused !== null) {
        fail(refused);
        return;
      }
      succeed(info);
    });
  });

/** Whether the server takes the login. */
export const tryLogin = (session: Session): Promise<true> => converse<true>(session, ({ succeed }) => succeed(true));

type Talk<T> = {
  readonly smtp: SMTPConnection;
  readonly begin: () => void;
  readonly fail: (trouble: SmtpTrouble) => void;
  readonly succeed: (value: T) => void;
};

const converse = <T>({ server, account, timeoutMs, answerTimeoutMs, signal }: Session, talk: (parts: Talk<T>) => void): Promise<T> => {
  const smtp = new SMTPConnection({
    host: server.ip,
    port: server.port,
    secure: server.tls === "first",
    requireTLS: server.tls === "upgrade",
    ignoreTLS: server.tls === "none",
    ...(server.servername === undefined ? {} : { servername: server.servername }),
    tls: { minVersion: "TLSv1.2", ...(server.servername === undefined ? {} : { servername: server.servername }) },
    name: account.address.split("@")[1] ?? "localhost",
    connectionTimeout: answerTimeoutMs,
    greetingTimeout: answerTimeoutMs,
    socketTimeout: answerTimeoutMs,
    socketCloseTimeout: 0,
    logger: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let hasBegun = false;
  const fail = (trouble: SmtpTrouble): void => {
    reject(smtpFailure(trouble, { hasBegun }));
    smtp.close();
  };
  const stop = (): void => fail({ message: "the time was up" });
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener("abort", stop, { once: true });
  // It stays, because a second error of a closing socket would otherwise end the process.
  smtp.on("error", fail);
  smtp.once("end", () => fail({ message: "the connection ended" }));
  const succeed = (value: T): void => {
    resolve(value);
    smtp.quit();
  };
  smtp.connect((error) => {
    if (error) {
      fail(error);
      return;
    }
    if (!smtp.allowsAuth) {
      reject(new ConnectorError("rejected", "the mail server takes no password here", { reason: "not_allowed" }));
      smtp.close();
      return;
    }
    smtp.login({ user: account.user ?? account.address, pass: account.password }, (refused) => {
      if (refused !== null) {
        fail(refused);
        return;
      }
      talk({ smtp, fail, succeed, begin: () => (hasBegun = true) });
    });
  });
  return promise.finally(() => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", stop);
  });
};
