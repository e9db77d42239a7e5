import type { ReasonCode } from "./reasons.ts";

/** What the last gate knows of an effect that is about to go out. */
export type GatedPlan = {
  /** `agent`, `workflow`, `staff` or `system`. */
  readonly plannedBy: string;
  readonly purpose: string;
  /** A person let exactly this effect happen. */
  readonly isApproved: boolean;
  /** The inbound message it answers, by its number in the conversation; null = it answers none. */
  readonly inboundSequence: number | null;
  /** It writes to somebody's address. */
  readonly hasAddress: boolean;
};

/** How things stand at the very moment of the dispatch. */
export type GateFacts = {
  readonly conversation: {
    readonly handledBy: string;
    /** A person closed it: it is in nobody's hands until somebody writes again. */
    readonly isClosed: boolean;
    /** Number of the newest inbound message. */ readonly inboundSequence: number;
  } | null;
  /** The emergency stop of the club or its franchise is on. Looked up where `isHeldByStop` says so. */
  readonly isStopped: boolean;
  /** The address opted out, or the number behind it did. Looked up where `isHeldBySuppression` says so. */
  readonly isSuppressed: boolean;
};

/** Whether the emergency stop holds it: whatever no person wrote, also what a person approved. */
export const isHeldByStop = ({ plannedBy }: Pick<GatedPlan, "plannedBy">): boolean => plannedBy === "agent" || plannedBy === "workflow";

/** Whether a suppression holds it: everything written to somebody, whoever wrote it, but the one line that confirms a STOP. */
export const isHeldBySuppression = ({ hasAddress, purpose }: Pick<GatedPlan, "hasAddress" | "purpose">): boolean =>
  hasAddress && purpose !== "opt_out_confirmation";

/** Why an effect must not go out, the first reason that holds; null when nothing speaks against it. */
export const gateReason = (plan: GatedPlan, { conversation, isStopped, isSuppressed }: GateFacts): ReasonCode | null => {
  const isAutomatic = isHeldByStop(plan);
  if (isAutomatic && isStopped) {
    return "stopped";
  }
  if (isAutomatic && !plan.isApproved && conversation?.handledBy === "staff" && !conversation.isClosed) {
    return "handled_by_staff";
  }
  if (isAutomatic && conversation !== null && plan.inboundSequence !== null && conversation.inboundSequence !== plan.inboundSequence) {
    return "stale_answer";
  }
  return isHeldBySuppression(plan) && isSuppressed ? "suppressed" : null;
};
