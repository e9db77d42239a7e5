import "server-only";

import { DomainError, type ErrorCode } from "#server/domain/errors.ts";
import { log } from "#server/platform/logger.ts";
import { z } from "zod";

/** What a relay is told: at 403 it stops for good, at 5xx it comes again. */
const STATUS = {
  not_found: 404,
  forbidden: 403,
  sign_in_required: 403,
  invalid: 400,
  conflict: 409,
  limit_exceeded: 429,
  precondition_failed: 412,
  upstream_unavailable: 503,
  outcome_unknown: 503,
} as const satisfies Record<ErrorCode, number>;

export const relayStatusOf = (error: unknown): { status: number; message: string } => {
  if (error instanceof DomainError) {
    if (error.code !== "upstream_unavailable") {
      log.warn({ code: error.code }, "a relay was refused");
    }
    return { status: STATUS[error.code], message: error.message };
  }
  if (error instanceof z.ZodError || error instanceof SyntaxError) {
    return { status: 400, message: "this is not understood" };
  }
  log.error({ err: error }, "a relay could not be served");
  return { status: 503, message: "try again" };
};
