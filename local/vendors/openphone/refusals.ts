import type { Context } from "hono";

import { COMMON_FAULTS, type CommonFault, type Fault } from "../_shared/faults.ts";

/** Faults that only this vendor has, beside the common ones. */
const OWN_FAULTS = [
  /** The prepaid credits are used up: no text goes out. */
  "no_credits",
  /** The text is accepted and never delivered. */
  "undelivered",
] as const;

export const FAULT_KINDS = [...COMMON_FAULTS, ...OWN_FAULTS] as const;

export type OpenPhoneFault = CommonFault | (typeof OWN_FAULTS)[number];

/** Statuses and codes as the vendor documents them. */
const REFUSALS = {
  unauthorized: { status: 401, code: "0200401", message: "Unauthorized" },
  no_credits: { status: 402, code: "0200402", message: "The organization does not have enough prepaid credits to send the message" },
  foreign_number: { status: 403, code: "0202403", message: "Not a phone number user" },
  missing: { status: 404, code: "0200404", message: "Not Found" },
  invalid: { status: 400, code: "0201400", message: "The request is not valid" },
  throttled: { status: 429, code: "0200429", message: "Too many requests" },
  error: { status: 500, code: "0201500", message: "Unknown error" },
  outage: { status: 503, code: "0201503", message: "Service unavailable" },
  too_late: { status: 504, code: "0201500", message: "Unknown error" },
} as const;

export type Refusal = keyof typeof REFUSALS;

export const refuse = (c: Context, refusal: Refusal, retryAfterSeconds?: number): Response => {
  const { status, code, message } = REFUSALS[refusal];
  if (retryAfterSeconds !== undefined) {
    c.header("retry-after", `${retryAfterSeconds}`);
  }
  const body = { status, code, message, title: message, docs: "https://openphone.example/docs", trace: "sandbox", errors: [] };
  return c.json(body, status);
};

export const refuseByFault = (c: Context, { kind, retryAfterSeconds }: Fault<OpenPhoneFault>): Response => {
  if (kind === "unauthorized" || kind === "throttled" || kind === "outage") {
    return refuse(c, kind, retryAfterSeconds);
  }
  return refuse(c, kind.startsWith("timeout") ? "too_late" : "error");
};
