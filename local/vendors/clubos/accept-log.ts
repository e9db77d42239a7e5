import { openAcceptLog as openSharedLog } from "../_shared/accept-log.ts";

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
  | { readonly kind: "ban"; readonly club: string; readonly personId: string; readonly isBanned: boolean; readonly note: string }
  | { readonly kind: "staff_mark"; readonly club: string; readonly personId: string }
  | { readonly kind: "appointment"; readonly club: string; readonly personId: string; readonly eventId: number }
  | { readonly kind: "check_in"; readonly club: string; readonly personId: string; readonly localCheckinId: string; readonly time: string }
  | { readonly kind: "login"; readonly club: string | null; readonly surface: "clubos" | "clubhub"; readonly isAccepted: boolean };

export type AcceptedFact = Fact & { readonly seq: number; readonly at: string };

export type AcceptLog = {
  readonly facts: () => readonly AcceptedFact[];
  readonly append: (fact: Fact, at: Date) => AcceptedFact;
};

/** The shared append-only file, under the name these facts have always had here. */
export const openAcceptLog = (path: string): AcceptLog => {
  const log = openSharedLog<Fact>(path);
  return { facts: log.entries, append: log.append };
};
