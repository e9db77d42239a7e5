import { z } from "zod";

import { MEMBER_STATUSES } from "../vocabulary.ts";

/** Chosen by us: what nobody needs more of, and a statement stays one that the database plans at once. */
const CONDITIONS_MAX = 10;
const WORDS_MAX = 20;
const DAYS_MAX = 36_500;
const COUNT_MAX = 100_000;
const MINOR_MAX = 100_000_000;

const Words = z.array(z.string().trim().min(1).max(100)).min(1).max(WORDS_MAX);
const bound = z.enum(["at_least", "at_most"]);
const Days = { op: bound, days: z.int().min(0).max(DAYS_MAX) };

/** What is not known of somebody holds of nobody: whoever was never in has no days since the last visit. */
const Statuses = z.strictObject({ field: z.literal("status"), anyOf: z.array(z.enum(MEMBER_STATUSES)).min(1).max(MEMBER_STATUSES.length) });
const SinceVisit = z.strictObject({ field: z.literal("days_since_visit"), ...Days });
const NeverVisited = z.strictObject({ field: z.literal("never_visited") });
const SinceJoining = z.strictObject({ field: z.literal("days_since_joining"), ...Days });
/** What the payer owes, minor units. */
const Balance = z.strictObject({ field: z.literal("balance"), op: bound, minor: z.int().min(0).max(MINOR_MAX) });
/** Owes more than a cent, for dues or training: a campaign to such people is about their debt. */
const PastDue = z.strictObject({ field: z.literal("past_due") });
const Visits = z.strictObject({ field: z.literal("visits"), op: bound, count: z.int().min(0).max(COUNT_MAX) });
/** In the words of the club's system, whatever their case. */
const MembershipType = z.strictObject({ field: z.literal("membership_type"), anyOf: Words });
/** Days since a prospect asked. */
const SinceAsking = z.strictObject({ field: z.literal("days_since_asking"), ...Days });
const Source = z.strictObject({ field: z.literal("source"), anyOf: Words });

export const MemberCondition = z.discriminatedUnion("field", [
  Statuses,
  SinceVisit,
  NeverVisited,
  SinceJoining,
  Balance,
  PastDue,
  Visits,
  MembershipType,
]);
export type MemberCondition = z.infer<typeof MemberCondition>;
export const ProspectCondition = z.discriminatedUnion("field", [SinceAsking, Source]);
export type ProspectCondition = z.infer<typeof ProspectCondition>;

/** Whom a campaign is for: members or prospects of whom every condition holds. */
export const Segment = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("members"), all: z.array(MemberCondition).max(CONDITIONS_MAX) }),
  z.strictObject({ of: z.literal("prospects"), all: z.array(ProspectCondition).max(CONDITIONS_MAX) }),
]);
export type Segment = z.infer<typeof Segment>;

/** Whom it names it names for what they owe: they are asked what a reminder is asked, and nothing is advertised to them. */
export const isAboutDebt = (segment: Segment): boolean => segment.of === "members" && segment.all.some(({ field }) => field === "past_due");
