import type { AlertKind, Role } from "./vocabulary.ts";

/** Everything a person can be told of, in the order of the page. Browsers read these words, so nothing here checks. */
export const NOTIFICATION_KINDS = [
  "emergency",
  "needs_you",
  "assigned",
  "approval",
  "draft",
  "failed_send",
  "connection",
  "run",
  "limit",
  "decision",
  "report",
  "daily_brief",
  "weekly_summary",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** How somebody can be told. `in_app` is the list behind the bell; the others leave the house. */
export const NOTIFICATION_WAYS = ["in_app", "push", "sms", "email", "slack"] as const;
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number];
export type OutwardWay = Exclude<NotificationWay, "in_app">;

type KindWords = {
  readonly label: string;
  /** When it comes, as one sentence. */
  readonly about: string;
  /** Whoever has less is never told of it. */
  readonly leastRole: Role;
  /** What holds for somebody who has chosen nothing; a way that is not open tells nobody. */
  readonly ways: readonly NotificationWay[];
};

export const NOTIFICATION_WORDS = {
  emergency: {
    label: "Emergency",
    about: "Somebody writes that they are in danger. It comes at any hour.",
    leastRole: "staff",
    ways: ["in_app", "push", "sms"],
  },
  needs_you: { label: "Needs you", about: "A conversation waits for a person.", leastRole: "staff", ways: ["in_app", "push"] },
  assigned: { label: "Assigned to you", about: "Somebody hands you a conversation.", leastRole: "staff", ways: ["in_app", "push"] },
  approval: {
    label: "Approval waiting",
    about: "A door, access, money, a device or a campaign waits for a yes that you may give.",
    leastRole: "staff",
    ways: ["in_app", "push"],
  },
  draft: { label: "Answer to look over", about: "Spotter drafted an answer and waits for a yes.", leastRole: "staff", ways: [] },
  failed_send: {
    label: "Not sent, or in doubt",
    about: "A message or a deed failed, or nobody can tell whether it happened.",
    leastRole: "staff",
    ways: ["in_app"],
  },
  connection: {
    label: "Connection stale or failing",
    about: "A vendor is not read, refuses the key or sends what cannot be read.",
    leastRole: "manager",
    ways: ["in_app", "email"],
  },
  run: {
    label: "Workflow failed or waits",
    about: "A run could not finish, could not reach everybody, or waits for a person.",
    leastRole: "manager",
    ways: ["in_app"],
  },
  limit: {
    label: "Spotter cannot go on",
    about: "The model fails, a budget or a limit is reached, or the engine is silent.",
    leastRole: "manager",
    ways: ["in_app"],
  },
  decision: {
    label: "Something to decide",
    about: "Hours of a holiday, a step of trust, a payment that came twice.",
    leastRole: "manager",
    ways: ["in_app"],
  },
  report: {
    label: "Report of a workflow",
    about: "What a run did, as it goes to the club’s own phone and addresses.",
    leastRole: "manager",
    ways: [],
  },
  daily_brief: { label: "Daily brief", about: "At seven: what happened, and what needs you.", leastRole: "staff", ways: [] },
  weekly_summary: {
    label: "Weekly summary",
    about: "Monday at eight: the figures of the dashboard for the week before.",
    leastRole: "manager",
    ways: [],
  },
} as const satisfies Record<NotificationKind, KindWords>;

/** What kind of news each card is. */
export const KIND_OF_ALERT = {
  poll_stale: "connection",
  connection_unauthorized: "connection",
  connection_failing: "connection",
  payload_quarantined: "connection",
  effect_unknown: "failed_send",
  effect_failed: "failed_send",
  model_failing: "limit",
  budget_spent: "limit",
  engine_silent: "limit",
  limit_reached: "limit",
  emergency: "emergency",
  paid_twice: "decision",
  holiday_hours: "decision",
  stage_offered: "decision",
  stage_lowered: "decision",
  workflow_failures: "run",
  workflow_waits: "run",
} as const satisfies Record<AlertKind, NotificationKind>;
