import "server-only";

import { APIConnectionError, APIError } from "@anthropic-ai/sdk";

import type { ModelFailureKind } from "#server/domain/model-failure.ts";

/** Why the model gave no usable answer. `budget_spent` is decided before a call is made. */
export type ModelFailure =
  | { readonly kind: "rate_limited"; /** `null` = the service named no wait. */ readonly retryAfterSeconds: number | null }
  | {
      readonly kind: Exclude<ModelFailureKind, "rate_limited" | "budget_spent" | "run_limit">;
      /** For the log: status and type, or what was wrong. */ readonly detail: string;
    };

/** Codes with which the service says that money, not time, is missing (SDK 1.11.0, 2026-11). */
const SPEND_CODES: ReadonlySet<string> = new Set([
  "enforced_spend_limit_reached",
  "contract_spend_limit_reached",
  "linked_organization_spend_limit_reached",
  "organization_on_hold",
]);

/** Translates what the SDK throws. `hasTimedOut`: our own time-out ended the call. */
export const failureOf = (error: unknown, hasTimedOut: boolean): ModelFailure => {
  if (hasTimedOut) {
    return { kind: "timeout", detail: "no answer in time" };
  }
  if (!(error instanceof APIError)) {
    return { kind: "unavailable", detail: error instanceof Error ? error.name : "unknown error" };
  }
  if (error instanceof APIConnectionError) {
    return { kind: "unavailable", detail: "connection failed" };
  }
  const detail = `${error.status ?? "no status"} ${error.errorCode ?? error.type ?? ""}`.trim();
  const kind = kindOfStatus(error);
  return kind === "rate_limited" ? { kind, retryAfterSeconds: retryAfterOf(error.headers) } : { kind, detail };
};

/**
 * Whether the service refused the key and not this call: the key is unknown, its money is spent, or it was told to stop
 * without being told for how long. A 403 may be about one model, which some other club does not use.
 */
export const isOfTheKey = (error: unknown): boolean => {
  if (!(error instanceof APIError)) {
    return false;
  }
  const failure = failureOf(error, false);
  return error.status === 401 || failure.kind === "spend_limit" || (failure.kind === "rate_limited" && failure.retryAfterSeconds === null);
};

const kindOfStatus = (error: APIError): Exclude<ModelFailureKind, "budget_spent" | "run_limit"> => {
  if (error.status === 402 || (error.errorCode !== null && SPEND_CODES.has(error.errorCode))) {
    return "spend_limit";
  }
  switch (error.status) {
    case 401:
    case 403:
      return "unauthorized";
    case 408:
    case 504:
      return "timeout";
    case 429:
      return "rate_limited";
    case 529:
      return "overloaded";
    case 400:
    case 404:
    case 413:
    case 422:
      return "malformed";
    default:
      return error.type === "overloaded_error" ? "overloaded" : "unavailable";
  }
};

/** Whole seconds of `retry-after`, which is a number or a date. */
const retryAfterOf = (headers: Headers | undefined): number | null => {
  const value = headers?.get("retry-after")?.trim() ?? "";
  if (value === "") {
    return null;
  }
  const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (Date.parse(value) - Date.parse(headers?.get("date") ?? "")) / 1_000;
  return Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
};
