import { z } from "zod";

/** Every kind of recurring work. `custom` is a task in the owner's own words; a club may have several of them, and one of each other kind. */
export const WORKFLOW_KINDS = [
  "daily_campaigns",
  "past_due",
  "escalation",
  "referral",
  "invoices",
  "door_access",
  "proactive",
  "sequence",
  "campaign",
  "custom",
] as const;
export type WorkflowKind = (typeof WORKFLOW_KINDS)[number];
export const WorkflowKind = z.enum(WORKFLOW_KINDS);

/** What people read of a kind. */
export const KIND_WORDS = {
  daily_campaigns: {
    name: "Daily campaigns",
    summary: "Welcomes prospects, new members and pay-per-visit guests, each of them once and never too often.",
  },
  past_due: { name: "Past-due reminders", summary: "Reminds everybody who owes, by amount and by how often they were reminded." },
  escalation: { name: "Escalation", summary: "Brings the debts that need a person before the manager." },
  referral: { name: "Collections referral", summary: "Prepares the cases that may go to a collection agency, for two people to decide." },
  invoices: { name: "Monthly invoices", summary: "Sends everybody who owes an invoice or a link to pay." },
  door_access: { name: "Door access", summary: "Locks and unlocks doors by what is owed and paid." },
  proactive: { name: "Greetings", summary: "Birthdays, anniversaries of joining and round numbers of visits, each told once." },
  sequence: {
    name: "Follow-ups",
    summary: "New leads, leads who fell silent, missed bookings and long absences: a few notes each, which end with the first answer.",
  },
  campaign: { name: "Campaign", summary: "Your own words to people of your choosing, each of them once." },
  custom: { name: "Custom workflow", summary: "A task in your own words, thought out by Spotter with the tools you allow." },
} as const satisfies Record<WorkflowKind, { readonly name: string; readonly summary: string }>;

/** Why a run came to be. */
export const RUN_TRIGGERS = ["schedule", "manual", "payment", "preview"] as const;
export type RunTrigger = (typeof RUN_TRIGGERS)[number];

/**
 * How a run goes: `planning` writes a row per person, page by page; `writing` finds or writes the texts; `approving` waits for a
 * person where one must look first; `acting` does what is planned; `reporting` counts and tells; `ended`.
 */
export const RUN_PHASES = ["planning", "writing", "approving", "acting", "reporting", "ended"] as const;
export type RunPhase = (typeof RUN_PHASES)[number];

export const RUN_STATUSES = ["queued", "running", "waiting", "completed", "failed", "cancelled"] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

/** A run in one of these goes on by itself, or once somebody has answered. */
export const OPEN_RUN_STATUSES = ["queued", "running", "waiting"] as const satisfies readonly RunStatus[];
