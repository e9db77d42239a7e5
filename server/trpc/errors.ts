import "server-only";

import { DomainError, type ErrorCode } from "#server/domain/errors.ts";
import { log } from "#server/platform/logger.ts";
import { TRPCError } from "@trpc/server";
import { z } from "zod";

/** How a refusal of the domain reads over tRPC. */
export const TRPC_CODE = {
  not_found: "NOT_FOUND",
  forbidden: "FORBIDDEN",
  sign_in_required: "PRECONDITION_REQUIRED",
  conflict: "CONFLICT",
  invalid: "BAD_REQUEST",
  limit_exceeded: "TOO_MANY_REQUESTS",
  precondition_failed: "PRECONDITION_FAILED",
  upstream_unavailable: "SERVICE_UNAVAILABLE",
  outcome_unknown: "BAD_GATEWAY",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

type Call = { readonly requestId: string; readonly path: string };

/** What the caller is told, written to the log once. Whatever is no refusal becomes one fixed sentence with the request's id. */
export const translate = (error: TRPCError, call: Call): TRPCError => {
  const refusal = refusalOf(error);
  if (refusal !== null) {
    log.warn({ ...call, code: refusal.code }, "call refused");
    return refusal;
  }
  log.error({ ...call, ...describe(error.cause ?? error) }, "call failed");
  return new TRPCError({ code: "INTERNAL_SERVER_ERROR", message: `something went wrong on our side, request ${call.requestId}` });
};

const refusalOf = (error: TRPCError): TRPCError | null => {
  const { cause } = error;
  if (cause instanceof DomainError) {
    return new TRPCError({ code: TRPC_CODE[cause.code], message: cause.message, cause });
  }
  if (cause instanceof z.ZodError) {
    return new TRPCError({ code: "BAD_REQUEST", message: sentenceOf(cause) });
  }
  return error.code === "INTERNAL_SERVER_ERROR" ? null : error;
};

/** The first complaint of a schema in words; the caller's own form knows which field is meant. */
const sentenceOf = (error: z.ZodError): string => {
  const [issue] = error.issues;
  const field = issue?.path.join(".") ?? "";
  return issue === undefined ? "these values are not accepted" : `${field === "" ? "" : `${field}: `}${issue.message}`;
};

/** Prisma writes the values of a refused statement into this one error, and values may be people's words. */
const TALKATIVE = "PrismaClientValidationError";

const describe = (error: Error) => ({
  error: error.name,
  reason: error.name === TALKATIVE ? undefined : error.message,
  frames: error.stack?.split("\n").filter((line) => line.startsWith("    at ")),
});
