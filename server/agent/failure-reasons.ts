import type { ModelFailureKind } from "#server/domain/model-failure.ts";

/** What people read where they asked the model to write something and it gave nothing. */
export const FAILURE_REASONS = {
  rate_limited: "The model has too much to do now. Try again in a minute.",
  overloaded: "The model has too much to do now. Try again in a minute.",
  timeout: "The model took too long. Try again in a minute.",
  unavailable: "The model cannot be reached now. Try again in a minute.",
  unauthorized: "The model does not accept this installation's key. Whoever runs Spotter has to set one.",
  spend_limit: "The money for the model is used up. Whoever runs Spotter has to look at it.",
  malformed: "What the model wrote could not be read. Try again.",
  truncated: "What the model wrote was cut off. Try again with a shorter text.",
  refused: "The model would not do this for this text.",
  budget_spent: "Today's budget for the model is spent.",
  run_limit: "Today's budget for the model is spent.",
} as const satisfies Record<ModelFailureKind, string>;
