import "server-only";

import { DomainError, type ErrorCode } from "#server/domain/errors.ts";
import { log } from "#server/platform/logger.ts";

/** What a vendor is told: 4xx ends its tries, 5xx makes it come again, so that nothing is lost while we are in trouble. */
const STATUS = {
  not_found: 404,
  forbidden: 401,
  sign_in_required: 401,
  invalid: 422,
  conflict: 409,
  limit_exceeded: 429,
  precondition_failed: 503,
  upstream_unavailable: 503,
  outcome_unknown: 503,
} as const satisfies Record<ErrorCode, number>;

export const statusOf = (error: unknown): { status: number; message: string } => {
  if (error instanceof DomainError) {
    log.warn({ code: error.code }, "a webhook call was refused");
    return { status: STATUS[error.code], message: error.message };
  }
  log.error({ err: error }, "a webhook call failed");
  return { status: 503, message: "not stored, please send it again" };
};
