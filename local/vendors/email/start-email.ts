import { join } from "node:path";

import { Hono } from "hono";

import { DEMO_CLUBS, type DemoClub } from "../../../prisma/demo.ts";
import { openAcceptLog } from "../_shared/accept-log.ts";
import { createControl } from "../_shared/control.ts";
import { createFaultPlan } from "../_shared/faults.ts";
import { serveApp, type LocalServer } from "../serve-app.ts";
import type { Entry } from "./accept-log.ts";
import { createLevers } from "./control.ts";
import { MAIL_FAULTS, type MailFault } from "./faults.ts";
import { startImap } from "./imap.ts";
import { openPostOffice } from "./post-office.ts";
import { startSmtp } from "./smtp.ts";

export type EmailOptions = {
  /** 0 takes any free port. */
  readonly ports: { readonly smtp: number; readonly imap: number; readonly levers: number };
  /** Holds `email.jsonl`, the accept log. */
  readonly dataDir: string;
  readonly clubs?: readonly DemoClub[];
  /** Whether the server files what SMTP took by itself; what the demo says without it. */
  readonly keepsSent?: boolean;
  readonly now?: () => Date;
};

/** `url` is that of the levers. */
export type EmailSandbox = LocalServer & { readonly smtpPort: number; readonly imapPort: number };

/** Starts the sandbox of a mail provider: submission, mailboxes, and `/_sandbox/…` to play the members and the staff. */
export const startEmail = async ({
  ports,
  dataDir,
  clubs = DEMO_CLUBS,
  now = () => new Date(),
  ...rest
}: EmailOptions): Promise<EmailSandbox> => {
  const log = openAcceptLog<Entry>(join(dataDir, "email.jsonl"));
  const faults = createFaultPlan<MailFault>();
  const office = openPostOffice({ clubs, log, now, ...rest });
  const smtp = await startSmtp({ office, faults, port: ports.smtp });
  const imap = await startImap({ office, faults, port: ports.imap });
  const app = new Hono();
  app.get("/", (c) => c.text("Sandbox of a mail provider, not a real one.\n"));
  app.route("/", createLevers({ office, log, now }));
  app.route("/", createControl({ kinds: MAIL_FAULTS, faults, log }));
  const levers = await serveApp(app, ports.levers);
  process.stdout.write(`email: sandbox of a mail provider, not a real one: SMTP ${smtp.port}, IMAP ${imap.port}, ${levers.url}\n`);
  return {
    url: levers.url,
    smtpPort: smtp.port,
    imapPort: imap.port,
    close: async () => {
      await Promise.all([levers.close(), smtp.close(), imap.close()]);
    },
  };
};
