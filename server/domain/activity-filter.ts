import { z } from "zod";

import { CalendarDate } from "./calendar-date-schema.ts";

/** Who is told of in the ledger as having acted. */
export const ACTIVITY_ACTORS = ["agent", "workflow", "staff", "webhook", "system"] as const;
export const ACTIVITY_OUTCOMES = [
  "respond",
  "suggest",
  "escalate",
  "ignore",
  "wait",
  "planned",
  "sent",
  "failed",
  "unknown",
  "dropped",
  "approved",
  "rejected",
  "expired",
  "superseded",
  "done",
] as const;
/** What a row is about: the word before the dot of its kind. */
export const ACTIVITY_AREAS = [
  "reply",
  "conversation",
  "message",
  "draft",
  "contact",
  "confirmation",
  "approval",
  "send",
  "act",
  "agent",
  "policy",
  "example",
  "rule",
  "stage",
  "debt",
  "promise",
  "workflow",
] as const;

const SEARCH_MAX_LENGTH = 100;
const Day = CalendarDate.nullable().default(null);

/** Which rows of the ledger are meant. Days are those of the club's calendar, both included. */
export const ActivityFilter = z.object({
  search: z.string().trim().max(SEARCH_MAX_LENGTH).default(""),
  actor: z.enum(ACTIVITY_ACTORS).nullable().default(null),
  area: z.enum(ACTIVITY_AREAS).nullable().default(null),
  outcome: z.enum(ACTIVITY_OUTCOMES).nullable().default(null),
  from: Day,
  until: Day,
});
export type ActivityFilter = z.output<typeof ActivityFilter>;
