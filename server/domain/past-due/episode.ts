import { daysBetween, todayIn } from "../calendar-date.ts";
import type { EffectStatus } from "../vocabulary.ts";
import type { Tier } from "./facts.ts";

/** What was known of a balance at one time. */
export type BalanceReading = { readonly at: Date; readonly dueMinor: bigint };

/**
 * The day on which the running episode began, after one more reading. An episode begins when somebody who owed nothing owes
 * something, whatever the amount does in between, and ends when nothing is owed.
 * @param episodeOn the running episode before the reading; null = none
 */
export const episodeAfter = (
  episodeOn: string | null,
  { reading, timeZone }: { readonly reading: BalanceReading; readonly timeZone: string },
): string | null => (reading.dueMinor <= 0n ? null : (episodeOn ?? todayIn(timeZone, reading.at)));

/** The running episode after a history of readings, in any order. */
export const episodeOf = (readings: readonly BalanceReading[], timeZone: string): string | null =>
  readings
    .toSorted((left, right) => left.at.getTime() - right.at.getTime())
    .reduce<string | null>((episodeOn, reading) => episodeAfter(episodeOn, { reading, timeZone }), null);

type DueDates = {
  /** The oldest due date that is not paid, as the club's system tells it; null = it does not. */
  readonly oldestUnpaidOn: string | null;
  readonly episodeOn: string | null;
  readonly today: string;
};

/** T: whole days past due, never below 0. Without a due date the days of the episode, which are no more than the true ones. */
export const daysPastDue = ({ oldestUnpaidOn, episodeOn, today }: DueDates): number =>
  Math.max(0, daysBetween(oldestUnpaidOn ?? episodeOn ?? today, today));

export const ATTEMPT_KINDS = ["friendly", "firm", "final", "call", "invoice", "lock_notice", "chat_answer"] as const;
export type AttemptKind = (typeof ATTEMPT_KINDS)[number];

/** One dated contact about a debt. */
export type Attempt = {
  readonly kind: AttemptKind;
  readonly episodeOn: string;
  readonly at: Date;
  /** What became of it. `unsent` = nothing has left yet, or nothing ever will. A call that staff logged is confirmed. */
  readonly outcome: "confirmed" | "unknown" | "failed" | "unsent";
};

/** How the ledger's states read as the outcome of an attempt: whatever may have gone out and is not known to have failed is unknown. */
export const ATTEMPT_OUTCOME = {
  planned: "unsent",
  approved: "unsent",
  dispatching: "unknown",
  confirmed: "confirmed",
  failed: "failed",
  unknown: "unknown",
  needs_human: "unknown",
  dropped: "unsent",
} as const satisfies Record<EffectStatus, Attempt["outcome"]>;

/** "The last 30 days", the day itself and the thirtieth before it included. */
const RECENT_DAYS = 30;

const REMINDERS: ReadonlySet<AttemptKind> = new Set(["friendly", "firm", "final"] satisfies Tier[]);

/** A, A30 and F of one episode. */
export const countAttempts = (
  attempts: readonly Attempt[],
  { episodeOn, today, timeZone }: { readonly episodeOn: string | null; readonly today: string; readonly timeZone: string },
): { readonly attempts: number; readonly attemptsIn30Days: number; readonly failedSends: number } => {
  const own = attempts.filter((attempt) => attempt.episodeOn === episodeOn);
  const counted = own.filter(counts);
  return {
    attempts: counted.length,
    attemptsIn30Days: counted.filter(({ at }) => daysBetween(todayIn(timeZone, at), today) <= RECENT_DAYS).length,
    failedSends: own.filter(({ kind, outcome }) => REMINDERS.has(kind) && outcome === "failed").length,
  };
};

const counts = ({ kind, outcome }: Attempt): boolean =>
  kind === "call" || (REMINDERS.has(kind) && (outcome === "confirmed" || outcome === "unknown"));
