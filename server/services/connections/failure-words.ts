import "server-only";

import type { ConnectorError, ConnectorFailure } from "#server/connectors/errors.ts";

/** What went wrong with a vendor, as the middle of a sentence. */
export const FAILURE_WORDS = {
  unauthorized: "the login no longer works",
  throttled: "the vendor asks us to slow down",
  rejected: "the vendor refuses our calls",
  unavailable: "the vendor cannot be reached",
  outcome_unknown: "the vendor did not answer in time",
  malformed: "the vendor's answer cannot be read",
} as const satisfies Record<ConnectorFailure, string>;

/** The same where somebody has just asked, with what to do about it. */
const ADVICE = {
  unauthorized: "The vendor does not accept these credentials.",
  throttled: "The vendor asks us to slow down. Try again in a moment.",
  rejected: "The vendor refuses this account.",
  unavailable: "The vendor cannot be reached right now.",
  outcome_unknown: "The vendor did not answer in time. Try again in a moment.",
  malformed: "The vendor answered in a way Spotter does not understand.",
} as const satisfies Record<ConnectorFailure, string>;

export type FailedTest = {
  readonly kind: "failed";
  readonly failure: ConnectorFailure;
  /** For whoever asked. */
  readonly sentence: string;
  /** The connector's own words, safe to show. */
  readonly detail: string;
};

export const failedTest = (error: ConnectorError): FailedTest => ({
  kind: "failed",
  failure: error.kind,
  sentence: ADVICE[error.kind],
  detail: error.message,
});

/** A kind that was stored as text; `null` for none, and for a word of another version. */
export const wordsOfFailure = (kind: string | null): string | null =>
  Object.entries(FAILURE_WORDS).find(([known]) => known === kind)?.[1] ?? null;
