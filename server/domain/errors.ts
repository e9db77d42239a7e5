/** Every reason for which a verb refuses, closed so that each transport translates all of them. */
export const ERROR_CODES = [
  "not_found",
  "forbidden",
  /** The session is good, and too old for this. */
  "sign_in_required",
  "conflict",
  "invalid",
  "limit_exceeded",
  "precondition_failed",
  "upstream_unavailable",
  "outcome_unknown",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

type Options = { details?: Record<string, unknown>; cause?: unknown };

/** The one error of the product. The message is safe to show to people; variables belong in `details`. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, options: Options = {}) {
    super(message, { cause: options.cause });
    this.name = "DomainError";
    this.code = code;
    this.details = options.details ?? {};
  }
}

/** A row that is missing and a row of another club give this same answer. */
export const notFound = (what: string): DomainError => new DomainError("not_found", `${what} not found`);
