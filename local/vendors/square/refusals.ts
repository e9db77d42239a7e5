import type { Context } from "hono";

import type { CommonFault, Fault } from "../_shared/faults.ts";

/** What only Square's sandbox is asked to do wrong. */
export const SQUARE_FAULTS = [
  /** The token lacks a permission. Nothing happens. */
  "scope_missing",
  /** A page of a gateway in place of JSON, with status 503; and nothing happened. */
  "html_error",
  /** The news of one payment comes in reversed order. */
  "reversed_webhooks",
] as const;

export type SquareFault = (typeof SQUARE_FAULTS)[number];

type Refusal = { readonly status: 400 | 401 | 403 | 404 | 409 | 429 | 503; readonly category: string; readonly detail: string };

const REFUSALS = {
  UNAUTHORIZED: { status: 401, category: "AUTHENTICATION_ERROR", detail: "This request could not be authorized." },
  ACCESS_TOKEN_REVOKED: { status: 401, category: "AUTHENTICATION_ERROR", detail: "The access token was revoked." },
  INSUFFICIENT_SCOPES: { status: 403, category: "AUTHENTICATION_ERROR", detail: "The merchant has not given this permission." },
  NOT_FOUND: { status: 404, category: "INVALID_REQUEST_ERROR", detail: "Resource not found." },
  BAD_REQUEST: { status: 400, category: "INVALID_REQUEST_ERROR", detail: "Bad request." },
  INVALID_VALUE: { status: 400, category: "INVALID_REQUEST_ERROR", detail: "The value is not valid." },
  MISSING_REQUIRED_PARAMETER: { status: 400, category: "INVALID_REQUEST_ERROR", detail: "A required field is missing." },
  IDEMPOTENCY_KEY_REUSED: {
    status: 400,
    category: "INVALID_REQUEST_ERROR",
    detail: "The idempotency key can only be retried with the same request data.",
  },
  VERSION_MISMATCH: { status: 409, category: "INVALID_REQUEST_ERROR", detail: "The version does not match." },
  RATE_LIMITED: { status: 429, category: "RATE_LIMIT_ERROR", detail: "Too many requests." },
  SERVICE_UNAVAILABLE: { status: 503, category: "API_ERROR", detail: "The service is unavailable." },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;

type Detail = {
  readonly detail?: string | undefined;
  readonly field?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
};

/** An error as Square words it. */
export const refuse = (c: Context, code: RefusalCode, over: Detail = {}): Response => {
  const { status, category, detail } = REFUSALS[code];
  const error = { category, code, detail: over.detail ?? detail, ...(over.field === undefined ? {} : { field: over.field }) };
  return c.json(
    { errors: [error] },
    { status, headers: over.retryAfterSeconds === undefined ? {} : { "retry-after": `${over.retryAfterSeconds}` } },
  );
};

const REFUSAL_OF_FAULT: Partial<Record<CommonFault | SquareFault, RefusalCode>> = {
  unauthorized: "UNAUTHORIZED",
  throttled: "RATE_LIMITED",
  scope_missing: "INSUFFICIENT_SCOPES",
};

export const refuseByFault = (c: Context, fault: Fault<CommonFault | SquareFault>): Response => {
  if (fault.kind === "html_error" || fault.kind === "outage") {
    return new Response("<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>", {
      status: 503,
      headers: { "content-type": "application/json" },
    });
  }
  return refuse(c, REFUSAL_OF_FAULT[fault.kind] ?? "SERVICE_UNAVAILABLE", { retryAfterSeconds: fault.retryAfterSeconds });
};
