import { DomainError, type ErrorCode } from "#server/domain/errors.ts";

/** How a refusal of the domain reads over plain HTTP. */
export const HTTP_STATUS = {
  not_found: 404,
  forbidden: 403,
  sign_in_required: 403,
  conflict: 409,
  invalid: 400,
  limit_exceeded: 429,
  precondition_failed: 412,
  upstream_unavailable: 503,
  outcome_unknown: 502,
} as const satisfies Record<ErrorCode, number>;

/** The answer to a refusal, or null for an error that is none and must be logged. */
export const refusalOf = (error: unknown): Response | null =>
  error instanceof DomainError ? Response.json({ error: error.code, message: error.message }, { status: HTTP_STATUS[error.code] }) : null;
