import { z } from "zod";

import { createRandom } from "../random.ts";

/** What every sandbox can be asked to do wrong; a vendor adds kinds of its own. */
export const COMMON_FAULTS = [
  /** The credentials are no longer good. Nothing happens. */
  "unauthorized",
  /** Too many calls, with `retryAfterSeconds` where it is given. Nothing happens. */
  "throttled",
  /** An error, and nothing happened. */
  "error_before",
  /** An error or no answer for `delayMs`, and yet it happened. */
  "error_after",
  "timeout_after",
  /** No answer for `delayMs`, and nothing happened. */
  "timeout_before",
  /** It happened, and the answer has a field by another name. */
  "changed_field",
  /** It happened, and the answer is a page for people instead of data. */
  "html_page",
  /** Every call breaks until the faults are cleared, as in an outage of hours. */
  "outage",
  /** Webhooks and news: twice, late by `delayMs` (so that later ones overtake it), never. */
  "duplicate_webhook",
  "late_webhook",
  "lost_webhook",
  /** A list shifts by one between two of its pages. */
  "page_drift",
  /** The vendor's clock differs by `delayMs`. */
  "clock_skew",
] as const;

export type CommonFault = (typeof COMMON_FAULTS)[number];

/** The body of `POST /_sandbox/faults`, with the kinds this vendor knows. */
export const faultInput = <Kind extends string>(kinds: readonly [Kind, ...Kind[]]) =>
  z.object({
    kind: z.enum(kinds),
    /** Slug of the club it is for; every club without it. */
    club: z.string().optional(),
    /** The vendor's name for the calls it is for; every fitting one without it. */
    operation: z.string().optional(),
    /** How many fitting calls pass unharmed before. */
    after: z.int().min(0).default(0),
    /** How many times it strikes; for ever without it. */
    count: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).default(1),
    /** The same seed strikes the same calls. */
    seed: z.string().default("faults"),
    retryAfterSeconds: z.int().min(0).optional(),
    delayMs: z.int().default(30_000),
  });

export type Fault<Kind extends string> = {
  readonly kind: Kind;
  readonly club?: string | undefined;
  readonly operation?: string | undefined;
  readonly after: number;
  readonly count?: number | undefined;
  readonly probability: number;
  readonly seed: string;
  readonly retryAfterSeconds?: number | undefined;
  readonly delayMs: number;
};

export type Call<Kind extends string> = { readonly operation: string; readonly club: string; readonly kinds: readonly Kind[] };

export type FaultPlan<Kind extends string> = {
  readonly add: (fault: Fault<Kind>) => void;
  readonly clear: () => void;
  /** The first fault that strikes this call, used up by one. */
  readonly strike: (call: Call<Kind>) => Fault<Kind> | null;
};

/** Everything one sandbox has been asked to do wrong. */
export const createFaultPlan = <Kind extends string>(): FaultPlan<Kind> => {
  type Waiting = { readonly fault: Fault<Kind>; after: number; left: number; readonly random: () => number };
  let active: Waiting[] = [];
  return {
    add: (fault) => {
      active.push({ fault, after: fault.after, left: fault.count ?? Number.POSITIVE_INFINITY, random: createRandom(fault.seed) });
    },
    clear: () => {
      active = [];
    },
    strike: ({ operation, club, kinds }) => {
      for (const item of active) {
        const { fault } = item;
        const fits =
          item.left > 0 &&
          kinds.includes(fault.kind) &&
          (fault.operation ?? operation) === operation &&
          (fault.club ?? club) === club &&
          item.random() < fault.probability;
        if (fits && item.after > 0) {
          item.after -= 1;
        } else if (fits) {
          item.left -= 1;
          return fault;
        }
      }
      return null;
    },
  };
};
