import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

export type Status = "received" | "queued" | "sent" | "delivered" | "undelivered";

/** Who brought the message: the API, a member's phone, or staff in the vendor's own app. */
export type Source = "api" | "member" | "staff";

export type StoredMessage = {
  readonly id: string;
  readonly conversationId: string;
  readonly phoneNumberId: string;
  readonly direction: "incoming" | "outgoing";
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly mediaUrls: readonly string[];
  readonly userId: string | null;
  readonly staffName: string | null;
  readonly source: Source;
  readonly createdAt: string;
};

/** What the vendor has accepted, once and for good: the ground truth that tests compare the product against. */
export type Entry =
  | { readonly kind: "message"; readonly message: StoredMessage }
  | { readonly kind: "status"; readonly messageId: string; readonly status: Status };

export type LoggedEntry = Entry & { readonly seq: number; readonly at: string };

export type AcceptLog = {
  readonly entries: () => readonly LoggedEntry[];
  readonly append: (entry: Entry, at: Date) => LoggedEntry;
};

/** An append-only file of JSON lines, read back at start so that a restart forgets nothing that was accepted. */
export const openAcceptLog = (path: string): AcceptLog => {
  mkdirSync(dirname(path), { recursive: true });
  const entries = existsSync(path) ? readEntries(path) : [];
  return {
    entries: () => entries,
    append: (entry, at) => {
      const logged = { seq: entries.length + 1, at: at.toISOString(), ...entry };
      // Written before it is answered: a message that was confirmed survives a kill of this process.
      appendFileSync(path, `${JSON.stringify(logged)}\n`);
      entries.push(logged);
      return logged;
    },
  };
};

/** A process killed in the middle of a write leaves half a last line, which was never answered to anybody. */
const readEntries = (path: string): LoggedEntry[] => {
  const entries: LoggedEntry[] = [];
  for (const line of readFileSync(path, "utf8").split("\n")) {
    try {
      entries.push(JSON.parse(line));
    } catch {
      continue;
    }
  }
  return entries;
};
