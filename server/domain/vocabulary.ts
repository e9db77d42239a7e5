/**
 * The closed words of states and kinds. Columns hold these texts; the migrations check them. Nothing here checks: browsers read the words,
 * and the schemas stand beside them.
 */
export const PROVIDERS = ["clubos", "clubhub", "openphone", "twilio", "email", "unifi_access", "ninjaone", "square", "slack"] as const;
export const CHANNEL_KINDS = ["sms", "email", "clubos"] as const;
export const CONNECTION_STATUSES = ["active", "degraded", "needs_reauth", "disabled"] as const;
export const CONVERSATION_STATUSES = ["open", "snoozed", "resolved"] as const;
export const ROLES = ["staff", "manager", "owner"] as const;
export const HANDLERS = ["agent", "staff"] as const;
export const NEEDS = ["none", "approval", "escalation"] as const;
export const MESSAGE_DIRECTIONS = ["inbound", "outbound", "note", "event"] as const;
export const AUTHORS = ["contact", "staff", "agent", "workflow", "system"] as const;
export const MESSAGE_STATUSES = [
  "unread",
  "read",
  "replied",
  "archived",
  "queued",
  "sending",
  "sent",
  "delivered",
  "failed",
  "unknown",
] as const;
export const MEMBER_STATUSES = [
  "active",
  "past_due",
  "frozen",
  "pay_per_visit",
  "pending_cancel",
  "cancelled",
  "in_collections",
  "other",
] as const;
export const EFFECT_STATUSES = ["planned", "approved", "dispatching", "confirmed", "failed", "unknown", "needs_human", "dropped"] as const;
export const HANDOVER_CAUSES = [
  "new",
  "taken_over",
  "replied",
  "replied_elsewhere",
  "assigned",
  "handed_back",
  "timer",
  "escalated",
] as const;
export const EVENT_CODES = [
  "taken_over",
  "replied_elsewhere",
  "handed_back",
  "opted_out",
  "opted_in",
  "escalated",
  "chased",
  "resolved",
  "reopened",
  "snoozed",
  "woken",
  "assigned",
  "send_unknown",
  "missed_call",
  "paid",
] as const;
export const ALERT_KINDS = [
  "poll_stale",
  "connection_unauthorized",
  "connection_failing",
  "payload_quarantined",
  "effect_unknown",
  "effect_failed",
  "model_failing",
  "budget_spent",
  "engine_silent",
  "limit_reached",
  "emergency",
  "paid_twice",
  "holiday_hours",
  "stage_offered",
  "stage_lowered",
  "workflow_failures",
  "workflow_waits",
] as const;
export const PAYMENT_STATUSES = ["approved", "completed", "failed", "cancelled", "refunded"] as const;
export const PAY_REQUEST_KINDS = ["link", "invoice"] as const;
export const PAY_REQUEST_STATUSES = ["open", "paid", "cancelled"] as const;
export const STAGES = ["off", "shadow", "suggest", "auto"] as const;

export type Provider = (typeof PROVIDERS)[number];
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export type Role = (typeof ROLES)[number];
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number];
export type ConversationStatus = (typeof CONVERSATION_STATUSES)[number];
export type Handler = (typeof HANDLERS)[number];
export type Need = (typeof NEEDS)[number];
export type MessageDirection = (typeof MESSAGE_DIRECTIONS)[number];
export type Author = (typeof AUTHORS)[number];
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];
export type MemberStatus = (typeof MEMBER_STATUSES)[number];
export type EffectStatus = (typeof EFFECT_STATUSES)[number];
export type HandoverCause = (typeof HANDOVER_CAUSES)[number];
export type EventCode = (typeof EVENT_CODES)[number];
export type AlertKind = (typeof ALERT_KINDS)[number];
export type PaymentStatus = (typeof PAYMENT_STATUSES)[number];
export type PayRequestKind = (typeof PAY_REQUEST_KINDS)[number];
export type PayRequestStatus = (typeof PAY_REQUEST_STATUSES)[number];
export type Stage = (typeof STAGES)[number];
