import type { Id } from "#server/domain/ids.ts";
import type { MemberStatus } from "#server/domain/vocabulary.ts";

/** Groups of people that screens show and workflows write to. */
export const SEGMENTS = ["members", "prospects", "green", "pay_per_visit", "past_due", "past_due_training", "lapsed"] as const;
export type Segment = (typeof SEGMENTS)[number];

/** Chosen by us, as in the campaign rules: who joined within so many days is green. */
export const GREEN_DAYS = 30;
/** Chosen by us: two months without a visit, under an agreement that still runs. */
export const LAPSED_DAYS = 60;

/** One member or prospect in a list. */
export type PersonRow = {
  readonly id: Id<"member"> | Id<"prospect">;
  readonly contactId: Id<"contact">;
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  /** Null for prospects. */
  readonly status: MemberStatus | null;
  readonly membershipType: string | null;
  /** Minor units as a decimal string; null when no source told it. */
  readonly balanceMinor: string | null;
  readonly trainingBalanceMinor: string | null;
  readonly currency: string | null;
  readonly joinedOn: string | null;
  readonly lastVisitAt: Date | null;
  /** Null for prospects. */
  readonly visitCount: number | null;
  /** `open`, `locked`, or null when no door system told it. */
  readonly accessState: string | null;
};

export type PeoplePage = { readonly items: readonly PersonRow[]; readonly nextCursor: string | null };

/** `count` is exact up to its cap; `names` are the newest few. */
export type SegmentSummary = { readonly segment: Segment; readonly count: number; readonly names: readonly string[] };
