import { formatMoney } from "../money.ts";
import type { Hold, PastDueFacts } from "./facts.ts";
import { activeHolds } from "./facts.ts";
import { ESCALATION_REASONS, HOLD_WORDS } from "./reasons.ts";
import type { EscalationReason } from "./reasons.ts";
import type { EscalationSettings, PastDueSettings } from "./settings.ts";

export type EscalationFacts = PastDueFacts & {
  /** For what this episode has been escalated already. */
  readonly notedReasons: readonly EscalationReason[];
};

export type EscalationDecision =
  | { readonly kind: "none" }
  /** A reason holds, but too little is owed: counted and nothing else. */
  | { readonly kind: "small" }
  /** A case of the report. `newReasons` are those that get an urgent note today; none = it has had them all. */
  | {
      readonly kind: "case";
      readonly reasons: readonly EscalationReason[];
      readonly newReasons: readonly EscalationReason[];
      /** Shown beside the case, never a reason to leave it out. */
      readonly holds: readonly Hold[];
    };

type Settings = {
  readonly escalation: EscalationSettings;
  readonly pastDue: Pick<PastDueSettings, "paidClaimHours" | "balanceMaxAgeMinutes">;
};

/** Whether a manager must hear of a debt today. */
export const decideEscalation = (facts: EscalationFacts, settings: Settings, now: Date): EscalationDecision => {
  const reasons = facts.dueMinor > 0n ? escalationReasons(facts, settings.escalation) : [];
  if (reasons.length === 0) {
    return { kind: "none" };
  }
  if (facts.dueMinor < BigInt(settings.escalation.fromMinor)) {
    return { kind: "small" };
  }
  return {
    kind: "case",
    reasons,
    newReasons: reasons.filter((reason) => !facts.notedReasons.includes(reason)),
    holds: activeHolds(facts, settings.pastDue, now),
  };
};

type ReasonFacts = Pick<PastDueFacts, "dueMinor" | "attemptsIn30Days" | "daysPastDue" | "failedSends">;

const escalationReasons = (facts: ReasonFacts, settings: EscalationSettings): readonly EscalationReason[] => {
  const holds: Readonly<Record<EscalationReason, boolean>> = {
    amount: facts.dueMinor > BigInt(settings.overMinor),
    attempts: facts.attemptsIn30Days >= settings.attemptsIn30Days,
    days: facts.daysPastDue > settings.overDays,
    failed_sends: facts.failedSends >= settings.failedSends,
  };
  return REASON_ORDER.filter((reason) => holds[reason]);
};

const REASON_ORDER = Object.keys(ESCALATION_REASONS) as readonly EscalationReason[];

/** One line of the manager's report. */
export type EscalationCase = {
  readonly name: string;
  readonly facts: Pick<PastDueFacts, "dueMinor" | "currency" | "attempts" | "daysPastDue" | "isReferred">;
  readonly decision: Extract<EscalationDecision, { kind: "case" }>;
  /** When and how there was contact last, in words; null = never. */
  readonly lastContact: string | null;
};

/** The urgent note at the member's record, category billing. */
export const escalationNote = ({ name, facts, decision, lastContact }: EscalationCase): string =>
  [
    `ESCALATION: ${decision.newReasons.map((reason) => ESCALATION_REASONS[reason]).join(", ")}.`,
    `${name} owes ${money(facts)}, ${many(facts.daysPastDue, "day")} past due, after ${many(facts.attempts, "attempt")}.`,
    `Last contact: ${lastContact ?? "none"}.`,
    ...decision.holds.slice(0, 1).map(({ kind }) => `On hold: ${HOLD_WORDS[kind]}.`),
  ].join(" ");

/** What a manager might do next. What holds comes before everything that presses. */
export const recommendedAction = ({ facts, decision }: Pick<EscalationCase, "facts" | "decision">): string => {
  const [hold] = decision.holds;
  if (facts.isReferred) {
    return "With collections: leave it to them.";
  }
  if (hold !== undefined) {
    return hold.kind === "stale_balance" ? "Read the balance again first." : `Wait: ${HOLD_WORDS[hold.kind]}.`;
  }
  if (decision.reasons.includes("failed_sends")) {
    return "Check the phone number and call.";
  }
  if (decision.reasons.includes("amount")) {
    return "Call and offer a payment plan.";
  }
  return decision.reasons.includes("days") ? "Call once more, then decide about a referral." : "Call: texts have not helped.";
};

export type EscalationReport = {
  readonly caseCount: number;
  /** Of all cases together. */
  readonly atRiskMinor: bigint;
  readonly newNoteCount: number;
  readonly heldCount: number;
  /** Debts too small for the list. */
  readonly smallCount: number;
  readonly currency: string;
  /** The largest debt first. */
  readonly lines: readonly {
    readonly name: string;
    readonly amountMinor: bigint;
    readonly attempts: number;
    readonly daysPastDue: number;
    readonly lastContact: string | null;
    readonly reasons: readonly EscalationReason[];
    readonly action: string;
  }[];
};

export const escalationReport = (
  cases: readonly EscalationCase[],
  { smallCount, currency }: { readonly smallCount: number; readonly currency: string },
): EscalationReport => ({
  caseCount: cases.length,
  atRiskMinor: cases.reduce((sum, { facts }) => sum + facts.dueMinor, 0n),
  newNoteCount: cases.filter(({ decision }) => decision.newReasons.length > 0).length,
  heldCount: cases.filter(({ decision }) => decision.holds.length > 0).length,
  smallCount,
  currency,
  lines: cases
    .toSorted((left, right) => Number(right.facts.dueMinor - left.facts.dueMinor))
    .map((one) => ({
      name: one.name,
      amountMinor: one.facts.dueMinor,
      attempts: one.facts.attempts,
      daysPastDue: one.facts.daysPastDue,
      lastContact: one.lastContact,
      reasons: one.decision.reasons,
      action: recommendedAction(one),
    })),
});

/** Chosen by us: as many names as fit into two parts of a text. */
const NAMES_IN_SUMMARY = 3;

/** The text to the manager's phone: never more than three sentences. */
export const escalationSummary = (report: EscalationReport): string => {
  const small = report.smallCount === 0 ? "" : ` ${many(report.smallCount, "smaller debt")} only counted.`;
  if (report.caseCount === 0) {
    return `Past due this morning: nothing to escalate.${small}`;
  }
  const names = report.lines
    .slice(0, NAMES_IN_SUMMARY)
    .map(({ name, amountMinor }) => `${name} ${formatMoney(`${amountMinor}`, report.currency)}`);
  const others = report.caseCount - names.length;
  const total = formatMoney(`${report.atRiskMinor}`, report.currency);
  const isNew = report.newNoteCount === 0 ? "none new" : `${report.newNoteCount} new`;
  return `Past due this morning: ${many(report.caseCount, "case")}, ${isNew}, ${total} at risk. ${names.join(", ")}${others > 0 ? ` and ${many(others, "other")}` : ""}.${small}`;
};

const money = ({ dueMinor, currency }: Pick<PastDueFacts, "dueMinor" | "currency">): string => formatMoney(`${dueMinor}`, currency);
const many = (count: number, one: string): string => `${count} ${one}${count === 1 ? "" : "s"}`;
