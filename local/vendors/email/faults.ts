import { COMMON_FAULTS, type FaultPlan } from "../_shared/faults.ts";

/** Beside the common ones, what only mail servers do. `operation` is `smtp` or `imap`. */
export const MAIL_FAULTS = [
  ...COMMON_FAULTS,
  /** 421 instead of a greeting. */
  "closing",
  /** 451 at the recipient: come again later. */
  "greylisted",
  /** 550 5.1.1 at the recipient. */
  "unknown_user",
  /** 550 5.7.1 at the recipient: it is the sender that is not wanted. */
  "refused_by_policy",
  /** 552 5.3.4 after the mail. */
  "too_large",
  /** NO instead of what a search finds. */
  "search_refused",
  /** The connection breaks in the middle of handing out mail. */
  "disconnect",
] as const;

export type MailFault = (typeof MAIL_FAULTS)[number];

export type MailFaults = FaultPlan<MailFault>;
