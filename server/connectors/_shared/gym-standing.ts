import type { MemberStatus } from "#server/domain/vocabulary.ts";

export type Standing = {
  readonly status: MemberStatus;
  /** Whether the agreement is asked for what is owed, or the words already say that nothing is. */
  readonly debt: "ask" | "none" | "unsaid";
};

const UNKNOWN: Standing = { status: "other", debt: "unsaid" };

/**
 * The words for a member's standing in ClubHub (seen in 2025, except the frozen ones, which are a guess), and by a guess
 * in the official API of the same vendor. Compared whole, without case and without the full stops that come and go;
 * anything else is `other`, and its words are kept.
 */
const STANDING_OF: Readonly<Record<string, Standing>> = {
  "member is in good standing": { status: "active", debt: "none" },
  "in good standing": { status: "active", debt: "none" },
  "past due 6-30 days": { status: "past_due", debt: "ask" },
  "past due more than 30 days": { status: "past_due", debt: "ask" },
  "sent to collections": { status: "in_collections", debt: "ask" },
  "invalid billing information": { status: "active", debt: "ask" },
  "invalid/bad address information": { status: "active", debt: "unsaid" },
  "pay per visit member": { status: "pay_per_visit", debt: "unsaid" },
  "member is pending cancel": { status: "pending_cancel", debt: "unsaid" },
  "account has been cancelled": { status: "cancelled", debt: "unsaid" },
  expired: { status: "cancelled", debt: "unsaid" },
  "comp member": { status: "active", debt: "none" },
  "staff member": { status: "other", debt: "none" },
  "membership is frozen": { status: "frozen", debt: "unsaid" },
  "member is frozen": { status: "frozen", debt: "unsaid" },
};

export const standingOfWords = (words: string | null): Standing => STANDING_OF[spelled(words)] ?? UNKNOWN;

/** People who work at the club. */
export const isStaffStanding = (words: string | null): boolean => spelled(words) === "staff member";

const spelled = (words: string | null): string => (words ?? "").trim().replace(/\.+$/, "").toLowerCase();
