import type { MemberCondition, ProspectCondition, Segment } from "#server/domain/workflows/segment.ts";

export type Condition = MemberCondition | ProspectCondition;
export type ConditionField = Condition["field"];

export const FIELD_WORDS = {
  status: "Membership is",
  days_since_visit: "Last visit",
  never_visited: "Has never been in",
  days_since_joining: "Joined",
  balance: "Balance",
  past_due: "Is past due",
  visits: "Visits in all",
  membership_type: "Membership type is one of",
  days_since_asking: "Asked about the club",
  source: "Came from one of",
} as const satisfies Record<ConditionField, string>;

export const MEMBER_FIELDS = [
  "status",
  "days_since_visit",
  "never_visited",
  "days_since_joining",
  "balance",
  "past_due",
  "visits",
  "membership_type",
] as const satisfies readonly MemberCondition["field"][];
export const PROSPECT_FIELDS = ["days_since_asking", "source"] as const satisfies readonly ProspectCondition["field"][];

/** What the two bounds are called: the days of "at least 30" lie further back. */
export const BOUND_WORDS: Readonly<Record<string, { readonly at_least: string; readonly at_most: string; readonly unit: string }>> = {
  days_since_visit: { at_least: "at least", at_most: "at most", unit: "days ago" },
  days_since_joining: { at_least: "at least", at_most: "at most", unit: "days ago" },
  days_since_asking: { at_least: "at least", at_most: "at most", unit: "days ago" },
  balance: { at_least: "at least", at_most: "at most", unit: "" },
  visits: { at_least: "at least", at_most: "at most", unit: "visits" },
};

/** Chosen by us: a bound to begin from. */
const DAYS = 30;

/** A condition somebody adds, before they change it. */
export const newCondition = (field: ConditionField): Condition => {
  switch (field) {
    case "status":
      return { field, anyOf: ["active"] };
    case "never_visited":
    case "past_due":
      return { field };
    case "balance":
      return { field, op: "at_most", minor: 0 };
    case "visits":
      return { field, op: "at_least", count: 10 };
    case "membership_type":
    case "source":
      return { field, anyOf: [""] };
    case "days_since_asking":
    case "days_since_joining":
    case "days_since_visit":
      return { field, op: "at_most", days: DAYS };
  }
};

const isMemberCondition = (condition: Condition): condition is MemberCondition => MEMBER_FIELDS.some((field) => field === condition.field);

/** A segment of these conditions; those of the other kind of people are left out. */
export const segmentOf = (of: Segment["of"], all: readonly Condition[]): Segment =>
  of === "members"
    ? { of, all: all.filter(isMemberCondition) }
    : { of, all: all.flatMap((condition) => (isMemberCondition(condition) ? [] : [condition])) };

type Group = { readonly key: string; readonly label: string; readonly segment: Segment };

/** The groups of the rule table and of the member list, to begin from. */
export const GROUPS: readonly Group[] = [
  { key: "prospects", label: "All prospects", segment: { of: "prospects", all: [] } },
  { key: "fresh", label: "New prospects", segment: { of: "prospects", all: [{ field: "days_since_asking", op: "at_most", days: DAYS }] } },
  {
    key: "green",
    label: "New members",
    segment: {
      of: "members",
      all: [
        { field: "status", anyOf: ["active"] },
        { field: "days_since_joining", op: "at_most", days: DAYS },
      ],
    },
  },
  { key: "members", label: "Active members", segment: { of: "members", all: [{ field: "status", anyOf: ["active"] }] } },
  { key: "ppv", label: "Pay per visit", segment: { of: "members", all: [{ field: "status", anyOf: ["pay_per_visit"] }] } },
  {
    key: "lapsed",
    label: "Not in for 60 days",
    segment: {
      of: "members",
      all: [
        { field: "status", anyOf: ["active", "pay_per_visit"] },
        { field: "days_since_visit", op: "at_least", days: 60 },
      ],
    },
  },
  { key: "past_due", label: "Past due", segment: { of: "members", all: [{ field: "past_due" }] } },
  { key: "former", label: "Former members", segment: { of: "members", all: [{ field: "status", anyOf: ["cancelled"] }] } },
];

export const groupOf = (segment: Segment): Group | undefined =>
  GROUPS.find((group) => JSON.stringify(group.segment) === JSON.stringify(segment));
