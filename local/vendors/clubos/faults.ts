import { z } from "zod";

export const FAULT_KINDS = [
  /** After `after` more calls every session of the surface is gone. */
  "session_expired_after",
  /** The next `count` forms are refused as if their token pair were old. */
  "stale_tokens",
  "500",
  "401",
  "429",
  /** The answer comes `delayMs` late. */
  "slow",
  /** The message list ends in the middle. */
  "truncated_html",
  /** The message list is empty though there are messages. */
  "empty_list",
  /** The message list uses other class names. */
  "changed_class",
  /** The follow-up log is one message behind. */
  "late_log",
  /** Delegation succeeds, but the token keeps naming the person before. */
  "stale_jwt",
  /** The message is accepted, then the connection breaks. */
  "send_lost_after_accept",
  /** The message is accepted, but the answer does not say so. */
  "send_no_success_text",
  /** The message is accepted, then the answer is an error. */
  "send_500_after_accept",
  /** The club app's list grows by one person at its front after its first page was read. */
  "page_drift",
  /** `{"message":"Server Error"}` for the agreement of one person. */
  "agreement_error",
  /** The club app's list calls its fields by other names. */
  "renamed_fields",
  /** A ban is accepted, and shows in what is read only `count` reads later. */
  "late_ban",
  /** A page for humans in place of JSON. */
  "bot_wall",
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export const FaultInput = z.object({
  kind: z.enum(FAULT_KINDS),
  /** How many times it strikes. */
  count: z.int().min(1).default(1),
  /** How many matching calls pass unharmed before. */
  after: z.int().min(0).default(0),
  /** Only calls whose path begins so. */
  path: z.string().optional(),
  delayMs: z.int().min(0).default(1_000),
  retryAfterSeconds: z.int().min(0).default(2),
});

export type Fault = z.output<typeof FaultInput>;

export type FaultPlan = {
  readonly add: (fault: z.input<typeof FaultInput>) => void;
  readonly clear: () => void;
  /** Uses up one strike of the first waiting fault of this kind that matches the path. */
  readonly strike: (kind: FaultKind, path: string) => Fault | null;
};

/** Everything the sandbox has been asked to do wrong. */
export const createFaultPlan = (): FaultPlan => {
  let waiting: { readonly fault: Fault; after: number; count: number }[] = [];
  return {
    add: (input) => {
      const fault = FaultInput.parse(input);
      waiting.push({ fault, after: fault.after, count: fault.count });
    },
    clear: () => {
      waiting = [];
    },
    strike: (kind, path) => {
      const entry = waiting.find(({ fault }) => fault.kind === kind && path.startsWith(fault.path ?? ""));
      if (entry === undefined) {
        return null;
      }
      if (entry.after > 0) {
        entry.after -= 1;
        return null;
      }
      entry.count -= 1;
      waiting = waiting.filter(({ count }) => count > 0);
      return entry.fault;
    },
  };
};
