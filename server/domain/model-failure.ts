import type { ReasonCode } from "./reasons.ts";

/** Why a call of the model brought no usable thought. */
export const MODEL_FAILURE_KINDS = [
  "rate_limited",
  "overloaded",
  "spend_limit",
  "unauthorized",
  "timeout",
  "malformed",
  "refused",
  "truncated",
  "unavailable",
  /** The call was not made: the club's own budget of the day, or the conversation's, is spent. */
  "budget_spent",
  /** The run asked for more steps, time or money than it may use, or went in circles. */
  "run_limit",
] as const;

export type ModelFailureKind = (typeof MODEL_FAILURE_KINDS)[number];

/** What people read about each of them. */
export const REASON_OF_MODEL_FAILURE = {
  rate_limited: "model_unavailable",
  overloaded: "model_unavailable",
  spend_limit: "budget_spent",
  unauthorized: "model_unavailable",
  timeout: "model_unavailable",
  malformed: "model_malformed",
  refused: "model_refused",
  truncated: "model_malformed",
  unavailable: "model_unavailable",
  budget_spent: "budget_spent",
  run_limit: "run_limit",
} as const satisfies Record<ModelFailureKind, ReasonCode>;
