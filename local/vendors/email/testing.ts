import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { DEMO_CLUBS } from "../../../prisma/demo.ts";
import type { Accepted } from "../_shared/accept-log.ts";
import type { Entry } from "./accept-log.ts";
import type { MailFault } from "./faults.ts";
import type { LetterFile, LetterShape } from "./letters.ts";
import { startEmail } from "./start-email.ts";

type World = { readonly keepsSent?: boolean; readonly dataDir?: string };

type LetterInput = {
  readonly from: string;
  readonly text: string;
  readonly fromName?: string;
  readonly subject?: string;
  readonly shape?: LetterShape;
  readonly files?: readonly LetterFile[];
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly messageId?: string;
};

/** A mail sandbox on ports of its own, with the mailbox of the one demo club that has one. */
export const startEmailWorld = async ({ dataDir = mkdtempSync(join(tmpdir(), "email-")), ...rest }: World = {}) => {
  const sandbox = await startEmail({ ports: { smtp: 0, imap: 0, levers: 0 }, dataDir, ...rest });
  const club = DEMO_CLUBS.find(({ email }) => email !== null);
  if (club?.email == null) {
    throw new Error("the demo has a club with a mailbox");
  }
  const { slug } = club;
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(`the lever ${path} answered ${response.status}: ${await response.text()}`);
    }
    return (await response.json()) as T;
  };
  const entries = async (): Promise<readonly Accepted<Entry>[]> => {
    const response = await fetch(`${sandbox.url}/_sandbox/log`);
    return ((await response.json()) as { entries: Accepted<Entry>[] }).entries;
  };
  return {
    ...sandbox,
    club,
    mailbox: club.email,
    dataDir,
    entries,
    /** What SMTP took, in full. */
    sent: async (): Promise<readonly { readonly messageId: string; readonly to: readonly string[]; readonly raw: string }[]> =>
      (await entries()).flatMap((entry) =>
        entry.kind === "sent" ? [{ ...entry, raw: Buffer.from(entry.raw, "base64").toString("utf8") }] : [],
      ),
    write: (letter: LetterInput) => post<{ uid: number; messageId: string | null }>("mails", { club: slug, ...letter }),
    answerAsStaff: (
      letter: Omit<LetterInput, "from" | "fromName" | "shape" | "files"> & { readonly to: string; readonly staffName?: string },
    ) => post<{ uid: number; messageId: string }>("staff-mails", { club: slug, ...letter }),
    bounce: (bounce: { readonly recipient: string; readonly status: string; readonly messageId: string }) =>
      post<{ uid: number }>("bounces", { club: slug, ...bounce }),
    renumber: () => post<unknown>("renumber", { club: slug }),
    fault: (fault: { readonly kind: MailFault; readonly [name: string]: unknown }) => post<unknown>("faults", fault),
    clearFaults: async (): Promise<void> => {
      await fetch(`${sandbox.url}/_sandbox/faults`, { method: "DELETE" });
    },
  };
};

export type EmailWorld = Awaited<ReturnType<typeof startEmailWorld>>;
