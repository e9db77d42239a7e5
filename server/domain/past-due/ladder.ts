import type { Hold, HoldKind, PastDueFacts, Tier } from "./facts.ts";
import { activeHolds, holdsEndAt } from "./facts.ts";
import type { PastDueSettings } from "./settings.ts";

/** What the ladder does about one debt at one moment. Each reason is a code of `REMINDER_REASONS`. */
export type ReminderDecision =
  | { readonly kind: "nothing"; readonly reason: "nothing_due" | "below_minimum" | "referred" | "invoice_today" }
  /** `until` is when the last of them ends by itself; null = only by a person, or by reading the balance. */
  | { readonly kind: "held"; readonly reason: HoldKind | "minor"; readonly until: Date | null; readonly holds: readonly Hold[] }
  | { readonly kind: "deferred"; readonly reason: PaceReason; readonly until: Date }
  /** Listed for the manager. */
  | { readonly kind: "ended"; readonly reason: "attempts_spent" }
  | {
      readonly kind: "remind";
      readonly tier: Tier;
      readonly reason: "first_notice" | "amount" | "attempts";
      readonly alsoUrgentNote: boolean;
      readonly alsoLockRequest: boolean;
    };

export type PaceReason = "recent_text" | "texts_in_7_days";

/**
 * The questions of the rule table, in its order: is anything owed, is it referred, does something hold, was there a text about
 * money too recently, is the ladder at its end; and only then, how firm.
 */
export const decideReminder = (facts: PastDueFacts, settings: PastDueSettings, now: Date): ReminderDecision => {
  if (facts.dueMinor <= 0n) {
    return { kind: "nothing", reason: "nothing_due" };
  }
  if (facts.dueMinor < BigInt(settings.remindFromMinor)) {
    return { kind: "nothing", reason: "below_minimum" };
  }
  if (facts.isReferred) {
    return { kind: "nothing", reason: "referred" };
  }
  const held = heldBy(facts, settings, now);
  if (held !== null) {
    return { kind: "held", ...held };
  }
  const pace = paceOf(facts.billingTextsAt, settings, now);
  if (pace !== null) {
    return { kind: "deferred", ...pace };
  }
  if (facts.attempts >= settings.endsAtAttempts) {
    return { kind: "ended", reason: "attempts_spent" };
  }
  return facts.isInvoiceDay ? { kind: "nothing", reason: "invoice_today" } : { kind: "remind", ...stepOf(facts, settings) };
};

type Held = { readonly reason: HoldKind | "minor"; readonly until: Date | null; readonly holds: readonly Hold[] };

/** What keeps everything automatic away from this debt; null = nothing does. */
export const heldBy = (facts: PastDueFacts, settings: PastDueSettings, now: Date): Held | null => {
  const holds = activeHolds(facts, settings, now);
  const [first] = holds;
  if (first !== undefined) {
    return { reason: first.kind, until: facts.isMinor ? null : holdsEndAt(holds), holds };
  }
  return facts.isMinor ? { reason: "minor", until: null, holds } : null;
};

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;

type Pace = { readonly reason: PaceReason; readonly until: Date };

/**
 * Whether a text about money comes too soon, and from when on it does not. A text that is exactly as old as the pause, or as
 * seven days, stands in nobody's way.
 */
export const paceOf = (
  textsAt: readonly Date[],
  { pauseHours, mostTextsIn7Days }: Pick<PastDueSettings, "pauseHours" | "mostTextsIn7Days">,
  now: Date,
): Pace | null => {
  const newestFirst = textsAt.map((at) => at.getTime()).toSorted((left, right) => right - left);
  const [newest = -Infinity] = newestFirst;
  const afterPause = newest + pauseHours * HOUR_MS;
  // Once this one is a week old, there is room for one more.
  const afterWeek = (newestFirst[mostTextsIn7Days - 1] ?? -Infinity) + WEEK_MS;
  const until = Math.max(afterPause, afterWeek);
  if (until <= now.getTime()) {
    return null;
  }
  return { reason: afterWeek >= afterPause ? "texts_in_7_days" : "recent_text", until: new Date(until) };
};

type StepFacts = Pick<PastDueFacts, "dueMinor" | "attempts">;
type Step = Omit<Extract<ReminderDecision, { kind: "remind" }>, "kind">;

/** The cell of the table: the stronger of amount and attempts. Defined for every amount above 0 and every number of attempts. */
export const stepOf = ({ dueMinor, attempts }: StepFacts, settings: PastDueSettings): Step => {
  const byAmount = strengthOf(dueMinor, [settings.firmFromMinor, settings.finalFromMinor]);
  const byAttempts = strengthOf(BigInt(attempts), [settings.firmFromAttempts, settings.finalFromAttempts]);
  if (attempts === 0 && settings.firstNoticeFriendly) {
    return { tier: "friendly", reason: "first_notice", alsoUrgentNote: false, alsoLockRequest: false };
  }
  const isUrgent = dueMinor >= BigInt(settings.urgentFromMinor) && attempts >= settings.urgentFromAttempts;
  return {
    tier: TIER_OF_STRENGTH[Math.max(byAmount, byAttempts) as Strength],
    reason: byAttempts > byAmount ? "attempts" : "amount",
    alsoUrgentNote: isUrgent,
    alsoLockRequest: isUrgent,
  };
};

type Strength = 0 | 1 | 2;
const TIER_OF_STRENGTH = { 0: "friendly", 1: "firm", 2: "final" } as const satisfies Record<Strength, Tier>;

/** How many of the two bounds are reached. */
const strengthOf = (value: bigint, bounds: readonly [number, number]): Strength =>
  bounds.filter((bound) => value >= BigInt(bound)).length as Strength;
