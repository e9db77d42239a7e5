import type { Category } from "./intent.ts";
import type { ReasonCode } from "./reasons.ts";

/** Why a conversation was put before people, as they think of it. Browsers read these words, so nothing here checks. */
export const CALL_REASONS = [
  "complaint",
  "wants_person",
  "money",
  "sensitive",
  "unsure",
  "undecided",
  "trouble",
  "missed_call",
  "reminder",
] as const;
export type CallReason = (typeof CALL_REASONS)[number];

export const CALL_WORDS = {
  complaint: { label: "A complaint", about: "Somebody complains, or is angry." },
  wants_person: { label: "Asks for a person", about: "Somebody asked to speak with a person." },
  money: { label: "About money", about: "A question of what is owed, or an account that is not proven." },
  sensitive: { label: "Only for a person", about: "A topic that Spotter never answers." },
  unsure: { label: "Spotter does not know", about: "Spotter was not sure enough, or the knowledge does not say." },
  undecided: { label: "A draft nobody sent", about: "Spotter’s answer was turned down, or nobody decided in time." },
  trouble: { label: "Something broke", about: "A message failed, an automation did not work, or Spotter could not go on." },
  missed_call: { label: "A missed call", about: "Somebody called and no text could be sent to them." },
  reminder: { label: "A reminder", about: "A conversation that was put off came back." },
} as const satisfies Record<CallReason, { readonly label: string; readonly about: string }>;

const BY_CODE: Partial<Record<ReasonCode, CallReason>> = {
  always_person_complaint: "complaint",
  wants_person: "wants_person",
  payment_past_due: "money",
  payment_unbound: "money",
  identity_check: "money",
  always_person_risk: "sensitive",
  possible_opt_out: "sensitive",
  privacy: "sensitive",
  limit_conversation: "trouble",
  limit_club_hour: "trouble",
  budget_spent: "trouble",
  model_unavailable: "trouble",
  model_refused: "trouble",
  model_malformed: "trouble",
  run_limit: "trouble",
  stopped: "trouble",
  automation_refused: "trouble",
  automation_limit: "trouble",
};

/** The first of a decision's reasons that says more than that Spotter was not sure; a complaint is one whatever else stands there. */
export const callReasonOf = ({
  category,
  reasons,
}: {
  readonly reasons: readonly ReasonCode[];
  readonly category: Category;
}): CallReason => {
  const named = reasons.flatMap((code) => BY_CODE[code] ?? []);
  if (category === "complaint" && !named.includes("wants_person")) {
    return "complaint";
  }
  return named[0] ?? (category === "payment_inquiry" ? "money" : "unsure");
};
