import { LOCK_REASONS, REFERRAL_REASONS, REMINDER_REASONS, UNLOCK_REASONS } from "../past-due/reasons.ts";
import { REASONS } from "../reasons.ts";
import { SEND_REASONS } from "../sending/send-reasons.ts";
import { CAMPAIGN_REASONS } from "./campaign-data.ts";
import { GREETING_REASONS } from "./occasion-data.ts";
import { SEQUENCE_REASONS } from "./sequence-data.ts";

/**
 * What became of one person in one run. `planned`, `deferred`, `needs_approval` and `unknown` are open: they end as one of the others.
 * `sent` is a message, `done` any other deed; `skipped` = nothing was to be done; `suppressed` = something was, and may not be.
 */
export const OUTCOMES = [
  "planned",
  "deferred",
  "needs_approval",
  "unknown",
  "sent",
  "done",
  "skipped",
  "suppressed",
  "failed",
  "cancelled",
] as const;
export type OutcomeState = (typeof OUTCOMES)[number];

export const OPEN_OUTCOMES = ["planned", "deferred", "needs_approval", "unknown"] as const satisfies readonly OutcomeState[];

/** What stands on a page about a state. */
export const OUTCOME_WORDS = {
  planned: "planned",
  deferred: "waits for its hour",
  needs_approval: "waits for a person",
  unknown: "unclear",
  sent: "sent",
  done: "done",
  skipped: "nothing to do",
  suppressed: "not sent",
  failed: "failed",
  cancelled: "stopped",
} as const satisfies Record<OutcomeState, string>;

/** Why something was planned, or was not, or did not happen: each with the sentence people read. */
export const WORKFLOW_REASONS = {
  prospect_never_written: "a prospect nobody has written to yet",
  prospect_special_due: "a prospect whose last campaign message is long enough ago",
  green_welcome_due: "a new member who was not welcomed yet",
  ppv_offer_due: "a pay-per-visit guest whose last campaign message is long enough ago",
  owes: "whoever owes gets no campaign",
  written_recently: "the last campaign message was too short a time ago",
  had_welcome: "was welcomed already",
  no_group: "belongs to no group of this campaign",
  group_off: "this group is switched off",
  run_cap: "the limit of one run is reached; the next run goes on",
  day_cap: "the limit of one day is reached; the next day goes on",
  already_planned: "an earlier run has something planned for this person",
  agent_off: "Spotter is switched off for this person",
  opted_out: "the person opted out of messages",
  no_address: "there is no address this club could write to",
  missing_field: "the text needs something that is not known of this person",
  no_text: "there was no text to send",
  connection_missing: "no connection of this club can do this",
  stopped: "a person stopped this run",
  not_approved: "nobody approved this run in time",
  dropped: "it was held at the last gate",
  vendor_failed: "the vendor did not take it",
  nobody_knows: "nobody knows yet whether the vendor has it",
  vendor_busy: "the vendor was busy or away, it is tried again in a moment",
  waits_for_hour: "it waits until this person may be written to",
  workflow_paused: "its workflow is paused",
  waits_for_person: "it waits for a person",
  done: "done as planned",
  task_asked: "the task asks for it",
  model_unreachable: "the model could not be reached or gave no usable answer",
  ...CAMPAIGN_REASONS,
  ...GREETING_REASONS,
  ...SEQUENCE_REASONS,
  gave_up: "it could not be done in time",
  lock_warning_due: "past due, and not warned yet",
  lock_due: "past due after a warning",
  already_open: "the door is open already",
  asked_already: "somebody was asked already",
  referral_ripe: "ripe for two people to decide",
  invoice_due: "something is owed, and this is the month's invoice",
  no_pay_link: "there is no link to pay with: a payment vendor must be connected and answer",
  case_known: "the manager has had a note for each of its reasons",
  case_new: "the manager gets an urgent note",
  small_debt: "too little is owed for a case of its own",
  no_case: "nothing speaks for a case",
} as const;

export type WorkflowReason = keyof typeof WORKFLOW_REASONS;

const SENTENCES: Readonly<Record<string, string>> = {
  ...LOCK_REASONS,
  ...REFERRAL_REASONS,
  ...UNLOCK_REASONS,
  ...REMINDER_REASONS,
  ...REASONS,
  ...SEND_REASONS,
  ...WORKFLOW_REASONS,
};

/** The sentence of a reason: of a workflow, of the rules of writing uninvited, or of the last gate; what a vendor calls it stands for itself. */
export const reasonText = (reason: string): string =>
  Object.hasOwn(SENTENCES, reason) ? (SENTENCES[reason] ?? reason) : reason.replaceAll("_", " ");
