import type { HoldKind } from "./facts.ts";

/** Why nothing is sent, asked or locked at this moment, in the words people read. */
export const HOLD_WORDS = {
  dispute: "the debt is disputed",
  hardship: "this person told us of hardship",
  plan: "a payment plan is running",
  promise: "this person promised to pay",
  freeze: "the membership is frozen",
  payment_in_flight: "a payment is on its way",
  exemption: "somebody made an exception for this person",
  paid_claim: "this person says it is paid, which is being checked",
  stale_balance: "the balance was not read within the hour",
} as const satisfies Record<HoldKind, string>;

/** Why the ladder does what it does, in the words people read. */
export const REMINDER_REASONS = {
  nothing_due: "nothing is owed",
  below_minimum: "too little is owed to remind of it",
  referred: "the case is with collections, which ends all automatic contact",
  minor: "Spotter does not write to minors about money",
  recent_text: "the last text about money is too recent",
  texts_in_7_days: "there were as many texts about money within seven days as there may be",
  attempts_spent: "all reminders were sent, a manager decides what comes next",
  invoice_today: "today's invoice takes the place of a reminder",
  first_notice: "the first notice is friendly",
  amount: "the amount decides how firm it is",
  attempts: "the earlier reminders decide how firm it is",
  ...HOLD_WORDS,
} as const;

/** Why a door is or is not locked, in the words people read. */
export const LOCK_REASONS = {
  nothing_due: "nothing is owed",
  under_bound: "too little is owed for a lock",
  within_grace: "the days of grace are not over",
  already_locked: "the door is locked already",
  lock_spent: "this debt has had its one lock",
  referred: "the case is with collections, the door stays as it is",
  minor: "minors are not locked out",
  warning_under_way: "nobody knows yet whether the warning arrived",
  warning_recent: "the warning is too recent",
  date_ahead: "the day that the warning names has not come",
  texts_in_7_days: "the warning waits: there were as many texts about money within seven days as there may be",
  no_staff: "nobody is at the desk",
  night: "nobody is locked out at night",
  ...HOLD_WORDS,
} as const;

export const UNLOCK_REASONS = {
  paid: "less is owed than what the door was locked for",
  exemption: "somebody made an exception for this person",
  person: "a person decided it",
} as const;

export const ESCALATION_REASONS = {
  amount: "a large amount",
  attempts: "many reminders within 30 days",
  days: "long past due",
  failed_sends: "reminders that failed",
} as const;
export type EscalationReason = keyof typeof ESCALATION_REASONS;

export const REFERRAL_REASONS = {
  nothing_due: "nothing is owed",
  under_bound: "too little is owed for a referral",
  few_attempts: "too few reminders were sent",
  few_days: "it is not past due for long enough",
  referred: "the case is with collections already",
  minor: "minors are not referred",
  ...HOLD_WORDS,
} as const;
