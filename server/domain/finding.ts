import type { ReasonCode } from "./reasons.ts";

/** One thing a guard holds against a draft. */
export type Finding = {
  readonly code: Extract<
    ReasonCode,
    "fact_lock" | "promise_without_duty" | "privacy" | "language_mismatch" | "too_long" | "repeated_answer" | "no_reply_drafted"
  >;
  /** The words of the draft it is about, as they stand there; the whole draft where it is about all of it. */
  readonly span: string;
};
