import type { ConversationRow, Why } from "#server/domain/inbox-view.ts";
import { CATEGORY_LABELS } from "#server/domain/categories.ts";
import type { RiskFlag } from "#server/domain/intent.ts";
import type { ActionEntry } from "#server/domain/ledger.ts";
import type { NotificationWay } from "#server/domain/notification-words.ts";
import type { Outcome } from "#server/domain/reasons.ts";
import type {
  AlertKind,
  ChannelKind,
  ConnectionStatus,
  EventCode,
  MemberStatus,
  MessageStatus,
  Provider,
  Role,
} from "#server/domain/vocabulary.ts";

/** One word and one tone per state of the domain, so that no two screens name or colour a state differently. */
export type Tone = "neutral" | "spotter" | "good" | "warn" | "bad";

type Label = { readonly label: string; readonly tone: Tone };

/** The first words of the line under a message. */
const OUTCOME_LABELS = {
  respond: "Answered alone",
  suggest: "Drafted for a person",
  escalate: "Handed to a person",
  ignore: "Left unanswered",
  wait: "Waiting",
} as const satisfies Record<Outcome, string>;

export const RISK_LABELS = {
  legal: "Legal",
  injury: "Injury",
  medical: "Medical",
  refund: "Refund",
  cancellation: "Cancellation",
  chargeback: "Chargeback",
  harassment: "Harassment",
  other_person_data: "Another person's data",
  injection: "Tries to instruct Spotter",
  emergency: "Emergency",
  wants_person: "Wants a person",
  hardship: "Hardship",
  dispute: "Dispute",
} as const satisfies Record<RiskFlag, string>;

export const CHANNEL_LABELS = { sms: "Text", email: "E-mail", clubos: "ClubOS" } as const satisfies Record<ChannelKind, string>;

export const PROVIDER_LABELS = {
  clubos: "ClubOS",
  clubhub: "ClubHub",
  openphone: "OpenPhone",
  twilio: "Twilio",
  email: "E-mail",
  unifi_access: "UniFi Access",
  ninjaone: "NinjaOne",
  square: "Square",
  slack: "Slack",
} as const satisfies Record<Provider, string>;

export const ROLE_LABELS = { staff: "Staff", manager: "Manager", owner: "Owner" } as const satisfies Record<Role, string>;

export const MEMBER_LABELS = {
  active: { label: "Active", tone: "good" },
  past_due: { label: "Past due", tone: "bad" },
  frozen: { label: "Frozen", tone: "neutral" },
  pay_per_visit: { label: "Pay per visit", tone: "neutral" },
  pending_cancel: { label: "Cancelling", tone: "warn" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  in_collections: { label: "In collections", tone: "bad" },
  other: { label: "Other", tone: "neutral" },
} as const satisfies Record<MemberStatus, Label>;

const CONNECTION_LABELS = {
  active: { label: "Working", tone: "good" },
  degraded: { label: "Trouble", tone: "warn" },
  needs_reauth: { label: "Needs sign-in", tone: "bad" },
  disabled: { label: "Paused", tone: "neutral" },
} as const satisfies Record<ConnectionStatus, Label>;

export const ALERT_LABELS = {
  poll_stale: "Messages are late",
  connection_unauthorized: "Vendor refused the sign-in",
  connection_failing: "Vendor does not answer",
  payload_quarantined: "Unreadable vendor data",
  effect_unknown: "Send not confirmed",
  effect_failed: "Send failed",
  model_failing: "The model fails",
  budget_spent: "Budget spent",
  engine_silent: "The engine is silent",
  limit_reached: "Limit reached",
  paid_twice: "Paid twice",
  holiday_hours: "Hours of a holiday",
  stage_offered: "Spotter earned a higher stage",
  stage_lowered: "Spotter lost a stage",
  emergency: "Emergency",
  workflow_failures: "A workflow had failures",
  workflow_waits: "A workflow waits for your yes",
} as const satisfies Record<AlertKind, string>;

/** How somebody can be told. */
export const WAY_LABELS = { in_app: "In Spotter", push: "Push", sms: "Text", email: "E-mail", slack: "Slack" } as const satisfies Record<
  NotificationWay,
  string
>;

export const EVENT_LABELS = {
  taken_over: "took over",
  missed_call: "called and nobody answered",
  replied_elsewhere: "replied outside Spotter",
  handed_back: "handed back to Spotter",
  opted_out: "opted out",
  opted_in: "opted in again",
  escalated: "Spotter asked for a person",
  chased: "nobody has it yet:",
  resolved: "resolved",
  reopened: "reopened",
  snoozed: "put this off until",
  woken: "back from snooze",
  assigned: "gave this to",
  send_unknown: "a send was not confirmed",
  paid: "paid",
} as const satisfies Record<EventCode, string>;

/** How far an outbound message has come. States of inbound messages need no words. */
export const DELIVERY_LABELS = {
  unread: null,
  read: null,
  replied: null,
  archived: null,
  queued: { label: "Queued", tone: "neutral" },
  sending: { label: "Sending", tone: "neutral" },
  sent: { label: "Sent", tone: "neutral" },
  delivered: { label: "Delivered", tone: "neutral" },
  failed: { label: "Not sent", tone: "bad" },
  unknown: { label: "Not confirmed", tone: "warn" },
} as const satisfies Record<MessageStatus, Label | null>;

/** What became of a row of the ledger. */
const LEDGER_LABELS = {
  respond: { label: "Answered", tone: "spotter" },
  suggest: { label: "Drafted", tone: "warn" },
  escalate: { label: "Handed over", tone: "warn" },
  ignore: { label: "Left alone", tone: "neutral" },
  wait: { label: "Waiting", tone: "neutral" },
  planned: { label: "Planned", tone: "neutral" },
  sent: { label: "Sent", tone: "good" },
  failed: { label: "Failed", tone: "bad" },
  unknown: { label: "Not confirmed", tone: "warn" },
  dropped: { label: "Dropped", tone: "neutral" },
  approved: { label: "Approved", tone: "good" },
  rejected: { label: "Dismissed", tone: "neutral" },
  expired: { label: "Expired", tone: "neutral" },
  superseded: { label: "Replaced", tone: "neutral" },
  done: { label: "Done", tone: "good" },
} as const satisfies Record<ActionEntry["outcome"], Label>;

/** An outcome comes as text; a word this build does not know is shown as it is. */
export const ledgerLabel = (outcome: string): Label => labelIn(LEDGER_LABELS, outcome);

/** A connection's status comes as text; a word this build does not know is shown as it is. */
export const connectionLabel = (status: string): Label => labelIn(CONNECTION_LABELS, status);

const labelIn = (labels: Readonly<Record<string, Label>>, word: string): Label =>
  Object.entries(labels).find(([known]) => known === word)?.[1] ?? { label: word, tone: "neutral" };

type StateOf = Pick<ConversationRow, "status" | "needsYou" | "handledBy" | "ownerName">;

export type ConversationState = "escalation" | "approval" | "resolved" | "snoozed" | "agent" | "staff";

/** The one state a conversation is shown in: what needs a person comes before everything else, unless somebody put it off. */
export const conversationState = (row: StateOf): ConversationState => {
  if (row.status === "snoozed") {
    return "snoozed";
  }
  if (row.needsYou !== "none") {
    return row.needsYou;
  }
  if (row.status !== "open") {
    return row.status;
  }
  return row.handledBy;
};

/** The quiet line under a message: what was done, how sure, about what; for a person, the first reason. */
export const whyLine = (why: Why, { hasGoneOut }: { readonly hasGoneOut: boolean }): string => {
  const topic = why.subIntent === "" ? CATEGORY_LABELS[why.category].toLowerCase() : why.subIntent.replaceAll("_", " ");
  const [reason] = why.reasons;
  if (why.outcome === "respond" || reason === undefined) {
    const done = why.outcome === "respond" && !hasGoneOut ? "Decided to answer, not sent" : OUTCOME_LABELS[why.outcome];
    return `${done}, ${why.confidence.toFixed(2)}, ${topic}`;
  }
  return `${OUTCOME_LABELS[why.outcome]}: ${reason.sentence}`;
};
