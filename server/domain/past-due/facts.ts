import type { PastDueSettings } from "./settings.ts";

export const TIERS = ["friendly", "firm", "final"] as const;
export type Tier = (typeof TIERS)[number];

/** What somebody wrote down, and what follows from the facts themselves. */
export const RECORDED_HOLD_KINDS = ["dispute", "hardship", "plan", "promise", "freeze", "payment_in_flight", "exemption"] as const;
export const HOLD_KINDS = [...RECORDED_HOLD_KINDS, "paid_claim", "stale_balance"] as const;
export type RecordedHoldKind = (typeof RECORDED_HOLD_KINDS)[number];
export type HoldKind = (typeof HOLD_KINDS)[number];

type HoldOf<K extends HoldKind> = {
  readonly kind: K;
  /** It holds from this instant on, up to and without `until`; null = until somebody ends it. */
  readonly since: Date;
  readonly until: Date | null;
};
/** Whatever pauses reminders, invoices, locks and referrals. */
export type Hold = { [K in HoldKind]: HoldOf<K> }[HoldKind];
export type RecordedHold = { [K in RecordedHoldKind]: HoldOf<K> }[RecordedHoldKind];

/** One payer's debt as it stands at the moment of a decision. */
export type PastDueFacts = {
  /** D: what the payer owes now, dues and training together; `dueOf` adds them. A credit is negative. */
  readonly dueMinor: bigint;
  readonly currency: string;
  /** T: club-calendar days since the oldest unpaid due date; `daysPastDue` counts them. */
  readonly daysPastDue: number;
  /** The day on which D rose above 0; null = nothing is owed. It names the episode. */
  readonly episodeOn: string | null;
  /** A, A30 and F of the episode; `countAttempts` counts them. */
  readonly attempts: number;
  readonly attemptsIn30Days: number;
  readonly failedSends: number;
  /** Every text about money of the last seven days to the payer, whose fate is confirmed, unknown or still open, in any order. */
  readonly billingTextsAt: readonly Date[];
  /** What somebody wrote down, also what has ended or not begun yet. */
  readonly holds: readonly RecordedHold[];
  /** When the payer last said that it is paid; null = never, or somebody has checked since. */
  readonly paidClaimAt: Date | null;
  /** When the balance was last known to be true; null = unknown. */
  readonly balanceReadAt: Date | null;
  /** Handed to collections. */
  readonly isReferred: boolean;
  /** Whoever would be written to or locked out is under 18, or nobody knows who pays for this minor. */
  readonly isMinor: boolean;
  /** Today's invoice run takes the place of today's reminder. */
  readonly isInvoiceDay: boolean;
  readonly timeZone: string;
};

/** The same with what the door needs. */
export type DoorFacts = PastDueFacts & {
  /** How the door stands; null = open. */
  readonly lock: {
    /** We locked it, and no person did. */
    readonly isOurs: boolean;
    readonly lockedAt: Date;
    /** What was owed at least for this lock, as `decideLock` told it. */
    readonly boundMinor: bigint;
  } | null;
  /** This episode has had its one lock, whatever became of it. */
  readonly isLockSpent: boolean;
  /** The newest warning; null = none, or it failed. */
  readonly warning: {
    /** Null = still under way, or nobody knows. */
    readonly deliveredAt: Date | null;
    /** The day it names. */
    readonly namesOn: string;
    readonly episodeOn: string;
  } | null;
  readonly isDoorWorkflowOn: boolean;
  readonly isStaffedNow: boolean;
};

/** Dues and training together. A credit in one of them pays for the other. */
export const dueOf = ({ duesMinor, trainingMinor }: { readonly duesMinor: bigint | null; readonly trainingMinor: bigint | null }): bigint =>
  (duesMinor ?? 0n) + (trainingMinor ?? 0n);

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

type HoldSettings = Pick<PastDueSettings, "paidClaimHours" | "balanceMaxAgeMinutes">;

/** What holds at this moment, in the order of `HOLD_KINDS`; empty = nothing does. */
export const activeHolds = (
  facts: Pick<PastDueFacts, "holds" | "paidClaimAt" | "balanceReadAt">,
  settings: HoldSettings,
  now: Date,
): readonly Hold[] =>
  [...facts.holds, ...paidClaimOf(facts.paidClaimAt, settings), ...staleBalanceOf(facts.balanceReadAt, { settings, now })]
    .filter(({ since, until }) => since <= now && (until === null || now < until))
    .toSorted((left, right) => HOLD_KINDS.indexOf(left.kind) - HOLD_KINDS.indexOf(right.kind));

/** When the last of several holds ends; null where one of them has no end, or there is none. */
export const holdsEndAt = (holds: readonly Hold[]): Date | null => {
  const ends = holds.map(({ until }) => until?.getTime() ?? Infinity);
  const last = Math.max(...ends);
  return Number.isFinite(last) ? new Date(last) : null;
};

const paidClaimOf = (claimedAt: Date | null, { paidClaimHours }: HoldSettings): readonly Hold[] =>
  claimedAt === null ? [] : [{ kind: "paid_claim", since: claimedAt, until: new Date(claimedAt.getTime() + paidClaimHours * HOUR_MS) }];

/** A balance nobody knows the age of is stale, and so is one from the future: that clock is wrong. */
const staleBalanceOf = (
  readAt: Date | null,
  { settings, now }: { readonly settings: HoldSettings; readonly now: Date },
): readonly Hold[] => {
  const isFresh = readAt !== null && Math.abs(now.getTime() - readAt.getTime()) <= settings.balanceMaxAgeMinutes * MINUTE_MS;
  return isFresh ? [] : [{ kind: "stale_balance", since: now, until: null }];
};
