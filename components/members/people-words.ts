import { LAPSED_DAYS, type Segment } from "#server/domain/people-view.ts";
import type { PeopleColumn, PeopleSort, SortDirection } from "#server/domain/people-filter.ts";

type SegmentWords = { readonly label: string; readonly who: string; readonly nobody: string };

/** What a group is called, who is in it, and what it says when nobody is. */
export const SEGMENT_WORDS = {
  members: { label: "Members", who: "Everybody with an agreement, whatever its state.", nobody: "No members yet" },
  prospects: { label: "Prospects", who: "Everybody who asked and has no agreement.", nobody: "No prospects" },
  green: { label: "New", who: "Joined within the last 30 days.", nobody: "Nobody joined within the last 30 days" },
  pay_per_visit: { label: "Pay per visit", who: "Pays for each visit instead of a month.", nobody: "Nobody pays per visit" },
  past_due: { label: "Past due", who: "Owes more than a cent.", nobody: "Nobody owes anything" },
  past_due_training: {
    label: "Past due, training",
    who: "Owes for training, whatever else.",
    nobody: "Nobody owes for training",
  },
  lapsed: {
    label: "Lapsed",
    who: `Has an agreement and was last in at least ${LAPSED_DAYS} days ago.`,
    nobody: `Nobody has stayed away for ${LAPSED_DAYS} days`,
  },
} as const satisfies Record<Segment, SegmentWords>;

export const COLUMN_LABELS = {
  contact: "Contact",
  status: "Status",
  plan: "Membership",
  balance: "Balance",
  last_visit: "Last visit",
  visits: "Visits",
  joined: "Joined",
  access: "Access",
} as const satisfies Record<PeopleColumn, string>;

/** What is known of members only. */
export const MEMBER_COLUMNS: readonly PeopleColumn[] = ["status", "plan", "balance", "last_visit", "visits", "access"];

/** The orders of a list where no head of a column can be pressed. */
export const ORDER_LABELS = {
  newest: { desc: "Newest first", asc: "Oldest first" },
  name: { asc: "Name, A to Z", desc: "Name, Z to A" },
  status: { asc: "Status, A to Z", desc: "Status, Z to A" },
  balance: { desc: "Owes most first", asc: "Owes least first" },
  last_visit: { desc: "Seen last first", asc: "Away longest first" },
  visits: { desc: "Most visits first", asc: "Fewest visits first" },
  joined: { desc: "Joined last first", asc: "Joined longest ago first" },
} as const satisfies Record<PeopleSort, Record<SortDirection, string>>;
