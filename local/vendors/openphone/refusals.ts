import type { Context } from "hono";

import type { Fault, FaultKind } from "./faults.ts";

/** Statuses and codes as the vendor documents them. */
const REFUSALS = {
  unauthorized: { status: 401, code: "0200401", message: "Unauthorized" },
  no_credits: { status: 402, code: "0200402", message: "The organization does not have enough prepaid credits to send the message" },
  foreign_number: { status: 403, code: "0202403", message: "Not a phone number user" },
  missing: { status: 404, code: "0200404", message: "Not Found" },
  invalid: { status: 400, code: "0201400", message: "The request is not valid" },
  throttled: { status: 429, code: "0200429", message: "Too many requests" },
  error: { status: 500, code: "0201500", message: "Unknown error" },
  too_late: { status: 504, code: "0201500", message: "Unknown error" },
} as const;

export type Refusal = keyof typeof REFUSALS;

export const refuse = (c: Context, refusal: Refusal, retryAfterSeconds?: number): Response => {
  if (retryAfterSeconds !== undefined) {
    c.header("retry-after", `${retryAfterSeconds}`);
  }
  return c.json(bodyOf(refusal), REFUSALS[refusal].status);
};

/** Faults that strike before anything happened, and how each looks from outside. */
export const REFUSAL_OF_FAULT: Partial<Record<FaultKind, Refusal>> = {
  unauthorized: "unauthorized",
  no_credits: "no_credits",
  throttled: "throttled",
  error_before: "error",
};

/** Faults that strike after the call has had its effect: only the answer goes wrong. */
export const SPOILING: readonly FaultKind[] = ["error_after", "timeout_after", "malformed"];

export const spoil = async (c: Context, fault: Fault): Promise<Response> => {
  if (fault.kind === "malformed") {
    return Response.json({ payload: "an answer in another shape" }, { status: c.res.status });
  }
  if (fault.kind === "timeout_after") {
    await pause(fault.delayMs, c.req.raw.signal);
    return Response.json(bodyOf("too_late"), { status: REFUSALS.too_late.status });
  }
  return Response.json(bodyOf("error"), { status: REFUSALS.error.status });
};

const bodyOf = (refusal: Refusal) => ({
  ...REFUSALS[refusal],
  title: REFUSALS[refusal].message,
  docs: "https://openphone.example/docs",
  trace: "sandbox",
  errors: [],
});

/** Ends early when the caller has gone. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
