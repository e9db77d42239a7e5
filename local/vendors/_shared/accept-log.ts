import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

/** One thing the vendor has accepted, with its number and the vendor's time (ISO instant). */
export type Accepted<Entry extends object> = Entry & { readonly seq: number; readonly at: string };

/** What a vendor has accepted, once and for good: the ground truth that tests compare the product against. */
export type AcceptLog<Entry extends object> = {
  readonly entries: () => readonly Accepted<Entry>[];
  readonly append: (entry: Entry, at: Date) => Accepted<Entry>;
};

/** An append-only file of JSON lines, read back at start so that a restart forgets nothing that was accepted. */
export const openAcceptLog = <Entry extends object>(path: string): AcceptLog<Entry> => {
  mkdirSync(dirname(path), { recursive: true });
  const entries: Accepted<Entry>[] = existsSync(path) ? readEntries<Entry>(path) : [];
  return {
    entries: () => entries,
    append: (entry, at) => {
      const accepted = { seq: entries.length + 1, at: at.toISOString(), ...entry };
      // Written before it is answered: what was confirmed survives a kill of this process.
      appendFileSync(path, `${JSON.stringify(accepted)}\n`);
      entries.push(accepted);
      return accepted;
    },
  };
};

/** A process killed in the middle of a write leaves half a last line, which was never answered to anybody and is cut off. */
const readEntries = <Entry extends object>(path: string): Accepted<Entry>[] => {
  const content = readFileSync(path, "utf8");
  const whole = content.slice(0, content.lastIndexOf("\n") + 1);
  truncateSync(path, Buffer.byteLength(whole));
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line): Accepted<Entry> => JSON.parse(line));
};
