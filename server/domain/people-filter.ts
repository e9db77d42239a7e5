import { z } from "zod";

import { GREEN_DAYS, LAPSED_DAYS, SEGMENTS } from "./people-view.ts";
import { MEMBER_STATUSES, type MemberStatus } from "./vocabulary.ts";
import type { Segment as CampaignSegment } from "./workflows/segment.ts";

/** What a list of people can be ordered by; `newest` is the order in which we came to know them. */
export const PEOPLE_SORTS = ["newest", "name", "status", "balance", "last_visit", "visits", "joined"] as const;
export type PeopleSort = (typeof PEOPLE_SORTS)[number];

export const SORT_DIRECTIONS = ["asc", "desc"] as const;
export type SortDirection = (typeof SORT_DIRECTIONS)[number];

/** What can be shown of somebody beside the name. */
export const PEOPLE_COLUMNS = ["contact", "status", "plan", "balance", "last_visit", "visits", "joined", "access"] as const;
export type PeopleColumn = (typeof PEOPLE_COLUMNS)[number];
export const USUAL_COLUMNS: readonly PeopleColumn[] = ["contact", "status", "balance", "last_visit", "joined"];

/** Longer than any name, number or address somebody looks for. */
const SEARCH_MAX_LENGTH = 100;
/** A hundred years, and a million: what is beyond them is a slip of the finger. */
const DAYS_MAX = 36_500;
const MINOR_MAX = 100_000_000;

/** Which people are meant, and how they are shown. */
export const PeopleFilter = z.object({
  segment: z.enum(SEGMENTS).default("members"),
  search: z.string().trim().max(SEARCH_MAX_LENGTH).default(""),
  /** Any of these; empty = whatever the segment says. */
  statuses: z.array(z.enum(MEMBER_STATUSES)).max(MEMBER_STATUSES.length).default([]),
  /** The last visit is at least so many days ago; nobody of whom no visit is known. */
  noVisitDays: z.int().min(1).max(DAYS_MAX).nullable().default(null),
  /** Owes at least so much, minor units. */
  owesMinor: z.int().min(1).max(MINOR_MAX).nullable().default(null),
  sort: z.enum(PEOPLE_SORTS).default("newest"),
  /** Not `direction`: tRPC sends a word of its own under that name with each page. */
  order: z.enum(SORT_DIRECTIONS).default("desc"),
});
export type PeopleFilter = z.output<typeof PeopleFilter>;

/** Who is still here: these have left, or somebody else collects from them. */
const HERE: readonly MemberStatus[] = MEMBER_STATUSES.filter((status) => status !== "cancelled" && status !== "in_collections");

/** The same people as a campaign names them; null where a campaign has no words for it. */
export const campaignSegmentOf = ({ segment, search, statuses, noVisitDays, owesMinor }: PeopleFilter): CampaignSegment | null => {
  if (search !== "" || segment === "past_due_training") {
    return null;
  }
  if (segment === "prospects") {
    return { of: "prospects", all: [] };
  }
  const among = amongStatuses(segment).filter((status) => statuses.length === 0 || statuses.includes(status));
  if (among.length === 0) {
    return null;
  }
  const owes = owesMinor ?? 0;
  const away = Math.max(noVisitDays ?? 0, segment === "lapsed" ? LAPSED_DAYS : 0);
  return {
    of: "members",
    all: [
      ...(among.length === MEMBER_STATUSES.length ? [] : [{ field: "status" as const, anyOf: [...among] }]),
      ...(segment === "green" ? [{ field: "days_since_joining" as const, op: "at_most" as const, days: GREEN_DAYS }] : []),
      ...(away === 0 ? [] : [{ field: "days_since_visit" as const, op: "at_least" as const, days: away }]),
      ...(segment === "past_due" || owes > 0 ? [{ field: "past_due" as const }] : []),
      ...(owes === 0 ? [] : [{ field: "balance" as const, op: "at_least" as const, minor: owes }]),
    ],
  };
};

const amongStatuses = (segment: PeopleFilter["segment"]): readonly MemberStatus[] => {
  if (segment === "pay_per_visit") {
    return ["pay_per_visit"];
  }
  return segment === "green" || segment === "lapsed" ? HERE : MEMBER_STATUSES;
};
