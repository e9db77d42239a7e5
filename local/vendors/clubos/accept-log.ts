import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync } from "node:fs";
import { dirname } from "node:path";

export type Medium = "text" | "email";
export type Direction = "inbound" | "outbound";

/** `phone` a member wrote · `site` somebody saved the follow-up form · `page` staff typed on the vendor's own page. */
export type Way = "phone" | "site" | "page";

/** What the vendor has accepted, once and for good. */
export type Fact =
  | {
      readonly kind: "message";
      readonly club: string;
      readonly personId: string;
      readonly direction: Direction;
      readonly medium: Medium;
      readonly text: string;
      readonly author: string;
      readonly way: Way;
      /** Instant the vendor shows; differs from `at` only for back-filled history. */
      readonly sentAt: string;
    }
  | { readonly kind: "profile"; readonly club: string; readonly personId: string; readonly profile: Readonly<Record<string, string>> }
  | { readonly kind: "opt_out"; readonly club: string; readonly personId: string; readonly isOptedOut: boolean }
  | { readonly kind: "note"; readonly club: string; readonly personId: string; readonly note: string }
  | { readonly kind: "login"; readonly club: string | null; readonly surface: "clubos" | "clubhub"; readonly isAccepted: boolean };

export type AcceptedFact = Fact & { readonly seq: number; readonly at: string };

export type AcceptLog = {
  readonly facts: () => readonly AcceptedFact[];
  readonly append: (fact: Fact, at: Date) => AcceptedFact;
};

/** An append-only file of JSON lines, read back at start so that a restart forgets nothing that was accepted. */
export const openAcceptLog = (path: string): AcceptLog => {
  mkdirSync(dirname(path), { recursive: true });
  const facts = existsSync(path) ? readFacts(path) : [];
  return {
    facts: () => facts,
    append: (fact, at) => {
      const accepted = { seq: facts.length + 1, at: at.toISOString(), ...fact };
      appendFileSync(path, `${JSON.stringify(accepted)}\n`);
      facts.push(accepted);
      return accepted;
    },
  };
};

/** A process killed in the middle of a write leaves half a last line, which was never acknowledged and is cut off. */
const readFacts = (path: string): AcceptedFact[] => {
  const content = readFileSync(path, "utf8");
  const whole = content.slice(0, content.lastIndexOf("\n") + 1);
  truncateSync(path, Buffer.byteLength(whole));
  return whole
    .split("\n")
    .filter((line) => line !== "")
    .map((line): AcceptedFact => JSON.parse(line));
};
