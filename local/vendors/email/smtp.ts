import { setTimeout as after } from "node:timers/promises";

import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from "smtp-server";

import type { MailFault, MailFaults } from "./faults.ts";
import type { MailClub, PostOffice } from "./post-office.ts";

type Input = { readonly office: PostOffice; readonly faults: MailFaults; readonly port: number };

/** Mail submission as a provider offers it: with a password, from one's own address, to people who exist, up to 10 MB. */
const MAX_BYTES = 10 * 1024 * 1024;

export const startSmtp = async (input: Input): Promise<{ readonly port: number; readonly close: () => Promise<void> }> => {
  const senders = new Map<string, MailClub>();
  const server: SMTPServer = new SMTPServer({
    name: "mail.sandbox.example",
    size: MAX_BYTES,
    authMethods: ["PLAIN", "LOGIN"],
    allowInsecureAuth: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 200,
    logger: false,
    ...greeting(input, (session) => socketOf(server, session)),
    ...signingIn(input, senders),
    ...envelope(input, senders),
    ...content(input, { senders, socket: (session) => socketOf(server, session) }),
  });
  // A client that hangs up in the middle is what half of the tests are about.
  server.on("error", () => undefined);
  const port = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    const listening = server.listen(input.port, "127.0.0.1", () => {
      const address = listening.address();
      resolve(typeof address === "object" && address !== null ? address.port : input.port);
    });
  });
  return {
    port,
    close: async () => {
      for (const connection of server.connections) {
        connection._socket.destroy();
      }
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

type Socket = { readonly write: (text: string) => unknown; readonly destroy: () => unknown; readonly destroyed: boolean };
type SocketOf = (session: SMTPServerSession) => Socket | undefined;

const socketOf = (server: SMTPServer, session: SMTPServerSession): Socket | undefined =>
  [...server.connections].find((connection) => connection.session === session || connection.session.id === session.id)?._socket;

const refusal = (responseCode: number, message: string): Error => Object.assign(new Error(message), { responseCode });

const strike = ({ faults }: Input, club: string, kinds: readonly MailFault[]) => faults.strike({ operation: "smtp", club, kinds });

const greeting = (input: Input, socket: SocketOf): Pick<SMTPServerOptions, "onConnect"> => ({
  onConnect: (session, callback) => {
    const fault = strike(input, "", ["outage", "closing"]);
    if (fault?.kind === "outage") {
      socket(session)?.destroy();
      return;
    }
    callback(fault === null ? null : refusal(421, "4.3.2 closing, come again later"));
  },
});

const signingIn = (input: Input, senders: Map<string, MailClub>): Pick<SMTPServerOptions, "onAuth"> => ({
  onAuth: ({ username = "", password }, session, callback) => {
    const known = input.office.login(username, password ?? "");
    if (known === null || strike(input, known.club.slug, ["unauthorized"]) !== null) {
      callback(refusal(535, "5.7.8 authentication failed"));
      return;
    }
    senders.set(session.id, known);
    callback(null, { user: known.account.user });
  },
});

const REFUSALS_AT_RECIPIENT = {
  throttled: [450, "4.7.1 too many messages, slow down"],
  greylisted: [451, "4.7.1 greylisted, come again in five minutes"],
  unknown_user: [550, "5.1.1 no such user here"],
  refused_by_policy: [550, "5.7.1 mail of this sender is blocked"],
} as const satisfies Partial<Record<MailFault, readonly [number, string]>>;

type AtRecipient = keyof typeof REFUSALS_AT_RECIPIENT;
const AT_RECIPIENT = Object.keys(REFUSALS_AT_RECIPIENT) as readonly AtRecipient[];

const envelope = (input: Input, senders: Map<string, MailClub>): Pick<SMTPServerOptions, "onMailFrom" | "onRcptTo"> => ({
  onMailFrom: ({ address }, session, callback) => {
    const sender = senders.get(session.id);
    const answer = () => callback(address === sender?.account.address ? null : refusal(553, "5.7.1 not your address"));
    const fault = strike(input, sender?.club.slug ?? "", ["timeout_before"]);
    void after(fault === null ? 0 : fault.delayMs, undefined, { ref: false }).then(answer);
  },
  onRcptTo: ({ address }, session, callback) => {
    const fault = strike(input, senders.get(session.id)?.club.slug ?? "", AT_RECIPIENT);
    if (fault !== null) {
      const [code, words] = REFUSALS_AT_RECIPIENT[fault.kind as AtRecipient];
      callback(refusal(code, words));
      return;
    }
    callback(input.office.isKnown(address) ? null : refusal(550, "5.1.1 no such user here"));
  },
});

const AFTER_THE_MAIL: readonly MailFault[] = ["error_before", "too_large", "error_after", "timeout_after", "changed_field", "html_page"];

type Desk = { readonly senders: Map<string, MailClub>; readonly socket: SocketOf };

const content = (input: Input, { senders, socket }: Desk): Pick<SMTPServerOptions, "onData"> => ({
  onData: (stream, session, callback) => {
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      const sender = senders.get(session.id);
      if (sender === undefined || stream.sizeExceeded) {
        callback(refusal(552, "5.3.4 message too big"));
        return;
      }
      const fault = strike(input, sender.club.slug, AFTER_THE_MAIL);
      if (fault?.kind === "too_large") {
        callback(refusal(552, "5.3.4 message too big"));
        return;
      }
      if (fault?.kind !== "error_before") {
        input.office.accept(sender, {
          to: session.envelope.rcptTo.map(({ address }) => address.toLowerCase()),
          raw: Buffer.concat(chunks),
        });
      }
      if (fault === null) {
        callback(null, "2.0.0 queued");
      } else if (fault.kind === "changed_field") {
        socket(session)?.write("QUEUED as usual\r\n");
      } else if (fault.kind === "html_page") {
        socket(session)?.write("<!doctype html><title>Just a moment</title>\r\n");
      } else if (fault.kind !== "timeout_after") {
        socket(session)?.destroy();
      }
    });
  },
});
