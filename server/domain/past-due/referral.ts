import { countingVotes, type Decider } from "../votes.ts";
import type { HoldKind, PastDueFacts } from "./facts.ts";
import { heldBy } from "./ladder.ts";
import type { PastDueSettings, ReferralSettings } from "./settings.ts";

type Settings = { readonly referral: ReferralSettings; readonly pastDue: PastDueSettings };

/** Each reason is a code of `REFERRAL_REASONS`. */
export type ReferralDecision =
  | { readonly kind: "none"; readonly reason: "nothing_due" | "referred" | "under_bound" | "few_attempts" | "few_days" }
  /** It would be ripe, and something holds. */
  | { readonly kind: "held"; readonly reason: HoldKind | "minor" }
  /** Two people are asked. */
  | { readonly kind: "propose" };

/** Whether a debt is ripe to be referred to collections. */
export const decideReferral = (facts: PastDueFacts, { referral, pastDue }: Settings, now: Date): ReferralDecision => {
  const none = notRipe(facts, referral);
  if (none !== null) {
    return { kind: "none", reason: none };
  }
  const held = heldBy(facts, pastDue, now);
  return held === null ? { kind: "propose" } : { kind: "held", reason: held.reason };
};

const notRipe = (
  facts: PastDueFacts,
  { fromMinor, fromAttempts, fromDays }: ReferralSettings,
): "nothing_due" | "referred" | "under_bound" | "few_attempts" | "few_days" | null => {
  if (facts.dueMinor <= 0n) {
    return "nothing_due";
  }
  if (facts.isReferred) {
    return "referred";
  }
  if (facts.dueMinor < BigInt(fromMinor)) {
    return "under_bound";
  }
  if (facts.attempts < fromAttempts) {
    return "few_attempts";
  }
  return facts.daysPastDue < fromDays ? "few_days" : null;
};

export type ReferralVote = { readonly userId: string; readonly isYes: boolean };

export type ReferralVerdict =
  | { readonly kind: "approved"; readonly byUserIds: readonly [string, string] }
  | { readonly kind: "rejected"; readonly byUserId: string }
  /** `waitsFor` tells whom; `text` says it to whoever looks at the case. */
  | { readonly kind: "waits"; readonly waitsFor: "first" | "second" | "nobody_else" | "nobody"; readonly text: string };

/**
 * Two different people say yes: managers or the owner, who counts as the second person. One no ends it. A vote of somebody who
 * may not decide, or no longer may, counts for nothing, and so does a second yes of the same person.
 * @param votes in the order in which they were given
 * @param people of the club and its franchise who have access now
 */
export const decideVotes = (votes: readonly ReferralVote[], people: readonly Decider[]): ReferralVerdict => {
  const isDecider = (userId: string): boolean => countingVotes([userId], { people, least: LEAST }).length > 0;
  const no = votes.find(({ isYes, userId }) => !isYes && isDecider(userId));
  if (no !== undefined) {
    return { kind: "rejected", byUserId: no.userId };
  }
  const yes = votes.flatMap(({ isYes, userId }) => (isYes ? [userId] : []));
  const [first, second] = countingVotes(yes, { people, least: LEAST });
  if (first !== undefined && second !== undefined) {
    return { kind: "approved", byUserIds: [first, second] };
  }
  const deciders = countingVotes(
    people.map(({ userId }) => userId),
    { people, least: LEAST },
  );
  if (deciders.length < 2) {
    return deciders.length === 0 ? WAITS.nobody : WAITS.nobody_else;
  }
  return first === undefined ? WAITS.first : WAITS.second;
};

/** The owner counts as the second person. */
const LEAST = "manager";

const WAITS = {
  first: { kind: "waits", waitsFor: "first", text: "Waits for two people to agree." },
  second: { kind: "waits", waitsFor: "second", text: "One person agreed, it waits for a second one." },
  nobody_else: {
    kind: "waits",
    waitsFor: "nobody_else",
    text: "A referral needs two people, and only one person can decide here. It waits until a second manager or the owner has access.",
  },
  nobody: { kind: "waits", waitsFor: "nobody", text: "A referral needs two people, and nobody here can decide it. It waits." },
} as const satisfies Record<string, ReferralVerdict>;
