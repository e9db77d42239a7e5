import type { Context } from "hono";

import type { CommonFault, Fault } from "../_shared/faults.ts";

/** Faults that only this vendor has, beside the common ones. */
export const OWN_FAULTS = [
  /** Refusals of a send. */
  "not_mobile",
  "region_forbidden",
  "unverified",
  "queue_full",
  /** The text is accepted and never leaves the queue. */
  "stuck",
  /** The text is accepted and comes to nothing: unknown handset, filtered by a carrier, number not registered. */
  "undelivered",
  "filtered",
  "unregistered",
] as const;

export type TwilioFault = CommonFault | (typeof OWN_FAULTS)[number];

/** Statuses, codes and words as the vendor documents them. */
const REFUSALS = {
  unauthorized: { status: 401, code: 20_003, message: "Authenticate" },
  missing: { status: 404, code: 20_404, message: "The requested resource was not found" },
  throttled: { status: 429, code: 20_429, message: "Too Many Requests" },
  error: { status: 500, code: 20_500, message: "An internal server error has occurred" },
  too_late: { status: 504, code: 20_504, message: "Gateway timeout" },
  bad_page: { status: 400, code: 20_006, message: "Invalid page token" },
  no_to: { status: 400, code: 21_604, message: "A 'To' phone number is required." },
  bad_to: { status: 400, code: 21_211, message: "The 'To' number is not a valid phone number." },
  no_from: { status: 400, code: 21_603, message: "A 'From' phone number is required." },
  bad_from: { status: 400, code: 21_606, message: "The 'From' phone number is not a valid, SMS-capable number of your account." },
  no_body: { status: 400, code: 21_602, message: "Message body is required." },
  long_body: { status: 400, code: 21_617, message: "The concatenated message body exceeds the 1600 character limit." },
  bad_callback: { status: 400, code: 21_609, message: "The 'StatusCallback' URL is not a valid URL." },
  opted_out: { status: 400, code: 21_610, message: "Attempt to send to unsubscribed recipient" },
  not_mobile: { status: 400, code: 21_614, message: "'To' number is not a valid mobile number" },
  region_forbidden: { status: 400, code: 21_408, message: "Permission to send an SMS has not been enabled for the region" },
  unverified: { status: 400, code: 21_608, message: "The number is unverified. Trial accounts cannot send messages to unverified numbers" },
  queue_full: { status: 429, code: 21_611, message: "This 'From' number has exceeded the maximum number of queued messages" },
} as const;

export type Refusal = keyof typeof REFUSALS;

export const refuse = (c: Context, refusal: Refusal, retryAfterSeconds?: number): Response => {
  const { status, code, message } = REFUSALS[refusal];
  if (retryAfterSeconds !== undefined) {
    c.header("retry-after", `${retryAfterSeconds}`);
  }
  return c.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);
};

/** An outage looks like whatever stands in front of the vendor: a page for people. */
export const refuseByFault = (c: Context, { kind, retryAfterSeconds }: Fault<TwilioFault>): Response => {
  if (kind === "outage") {
    return c.html("<html><body><h1>503 Service Temporarily Unavailable</h1></body></html>", 503);
  }
  if (kind === "unauthorized" || kind === "throttled") {
    return refuse(c, kind, retryAfterSeconds);
  }
  return refuse(c, kind.startsWith("timeout") ? "too_late" : "error");
};
