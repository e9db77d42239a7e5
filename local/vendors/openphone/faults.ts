import { z } from "zod";

import { createRandom } from "../random.ts";

export const FAULT_KINDS = [
  /** Answers of the API before anything happened. */
  "unauthorized",
  "no_credits",
  "throttled",
  "error_before",
  /** The text goes out, yet the answer is an error, or comes after `delayMs`, or never makes sense. */
  "error_after",
  "timeout_after",
  "malformed",
  /** The text is accepted and never delivered. */
  "undelivered",
  /** Webhooks: twice, late by `delayMs`, never, or one status that overtakes the answer to the send. */
  "duplicate_webhook",
  "late_webhook",
  "lost_webhook",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];
export type Operation = "send" | "list" | "webhook";

export const FaultInput = z.object({
  kind: z.enum(FAULT_KINDS),
  /** Slug of the club it is for; every club without it. */
  club: z.string().optional(),
  /** The calls it is for; every fitting one without it. */
  operation: z.enum(["send", "list", "webhook"]).optional(),
  /** How many times it strikes; for ever without it. */
  count: z.int().min(1).optional(),
  probability: z.number().min(0).max(1).default(1),
  /** The same seed strikes the same calls. */
  seed: z.string().default("faults"),
  retryAfterSeconds: z.int().min(0).optional(),
  delayMs: z.int().min(0).default(30_000),
});

export type Fault = z.infer<typeof FaultInput>;

export type FaultPlan = {
  readonly add: (fault: Fault) => void;
  readonly clear: () => void;
  /** The first fault that strikes this call, used up by one. */
  readonly strike: (call: { operation: Operation; club: string; kinds: readonly FaultKind[] }) => Fault | null;
};

export const createFaultPlan = (): FaultPlan => {
  let active: { fault: Fault; left: number; random: () => number }[] = [];
  return {
    add: (fault) => {
      active.push({ fault, left: fault.count ?? Number.POSITIVE_INFINITY, random: createRandom(fault.seed) });
    },
    clear: () => {
      active = [];
    },
    strike: ({ operation, club, kinds }) => {
      for (const item of active) {
        const { fault } = item;
        const fits =
          kinds.includes(fault.kind) && (fault.operation ?? operation) === operation && (fault.club ?? club) === club && item.left > 0;
        if (fits && item.random() < fault.probability) {
          item.left -= 1;
          return fault;
        }
      }
      return null;
    },
  };
};
