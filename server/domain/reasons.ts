import { SEND_REASONS } from "./sending/send-reasons.ts";

/** What `decide()` answers. */
export const OUTCOMES = ["respond", "suggest", "escalate", "ignore", "wait"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/**
 * Every reason for which the agent acts or does not act, each with the sentence people read.
 * Closed: a decision is explained by an ordered list of these codes and nothing else.
 */
export const REASONS = {
  sure_enough: "Spotter was sure enough to answer alone",
  instant_answer: "the club's own words answer this for certain",
  between_thresholds: "Spotter was not sure enough to answer alone",
  below_floor: "Spotter was too unsure to draft an answer",
  stage_off: "Spotter is switched off for this topic",
  stage_shadow: "Spotter only watches this topic for now",
  stage_suggest: "answers on this topic wait for a person",
  always_person_complaint: "complaints always go to a person",
  always_person_risk: "this touches a topic only a person may answer",
  wants_person: "the member asked for a person",
  emergency: "this looks like an emergency",
  payment_past_due: "money questions of a member who owes go to a person",
  identity_check: "account facts wait until the sender has shown who they are",
  payment_unbound: "account facts are only given to a number that belongs to one member",
  handled_by_staff: "a person is handling this conversation",
  agent_off_for_contact: "Spotter is switched off for this person",
  not_newest: "a newer message arrived, this one is answered together with it",
  opted_out: "the member opted out of messages",
  possible_opt_out: "the member may have asked for no more messages",
  opted_in: "the member opted in again",
  help_requested: "the member asked for the help text",
  tap_back: "a reaction needs no answer",
  auto_reply: "an automatic reply needs no answer",
  spam: "this looks like spam",
  flood: "too many messages at once",
  empty_message: "there was no text to answer",
  unanswerable: "the club's knowledge does not say",
  no_reply_drafted: "there was no usable draft",
  fact_lock: "the draft states something the club's facts do not contain",
  promise_without_duty: "the draft promises something a person would have to do",
  privacy: "the draft would show account facts to an unverified sender",
  language_mismatch: "the draft is not in the member's language",
  too_long: "the draft is too long for a text",
  repeated_answer: "the same answer was given a moment ago",
  limit_conversation: "the limit of automatic replies in this conversation is reached",
  limit_club_hour: "the club's hourly limit of automatic replies is reached",
  budget_spent: "today's budget for the model is spent",
  model_unavailable: "the model could not be reached",
  model_refused: "the model declined to answer",
  model_malformed: "the model's answer could not be used",
  run_limit: "Spotter could not settle this in the steps it may take",
  readings_disagree: "two readings of this message disagree",
  stopped: "Spotter is stopped for this club",
  ...SEND_REASONS,
  run_stopped: "a person stopped the workflow it belonged to",
  too_late: "whoever waited for it is gone by now",
  stale_answer: "a newer message arrived before the answer could go out",
  answered_already: "somebody answered first",
  automation_asks: "an automation needs one more fact before it can act",
  automation_confirm: "an automation asked the member to confirm what it would do",
  automation_approval: "an automation asked the team whether it may act",
  automation_acts: "an automation does what the member asked for",
  automation_waiting: "what the member asked for is already on its way",
  automation_refused: "the automation for this may not act here, so a person must",
  automation_limit: "the automation has answered as often as it may in this conversation",
  media_only: "the message is a picture or a file",
} as const;

export type ReasonCode = keyof typeof REASONS;
