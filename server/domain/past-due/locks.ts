import { addDays, daysBetween, todayIn } from "../calendar-date.ts";
import { formatInTimeZone } from "../local-time.ts";
import type { DoorFacts, HoldKind } from "./facts.ts";
import { activeHolds } from "./facts.ts";
import { paceOf } from "./ladder.ts";
import type { DoorAccessSettings, PastDueSettings } from "./settings.ts";

/** The door's own rules and those of the ladder, which may ask for a lock. */
export type LockSettings = { readonly door: DoorAccessSettings; readonly pastDue: PastDueSettings };

export type LockHold = HoldKind | "minor";
export type LockWait = "warning_under_way" | "warning_recent" | "date_ahead" | "texts_in_7_days" | "no_staff" | "night";

/** What the door workflow does about one debt at one moment. Each reason is a code of `LOCK_REASONS`. */
export type LockDecision =
  | {
      readonly kind: "none";
      readonly reason: "nothing_due" | "already_locked" | "referred" | "lock_spent" | "within_grace" | "under_bound";
    }
  /** The rule asks for it, and something speaks against it. */
  | { readonly kind: "held"; readonly reasons: readonly LockHold[] }
  /** A warning is due that names this day. */
  | { readonly kind: "warn"; readonly namesOn: string }
  /** Everything is right but the moment; `reasons` is never empty. */
  | { readonly kind: "wait"; readonly reasons: readonly LockWait[] }
  /** `boundMinor` is what was owed at least: who falls under it is let in again. Stored with the lock. */
  | { readonly kind: "lock"; readonly boundMinor: bigint };

/** Whether a door is locked now: first what the rule asks for, then everything that could make it wrong. */
export const decideLock = (facts: DoorFacts, settings: LockSettings, now: Date): LockDecision => {
  const none = noLockReason(facts);
  if (none !== null) {
    return { kind: "none", reason: none };
  }
  const boundMinor = lockBoundOf(facts, settings);
  if (boundMinor === null) {
    return { kind: "none", reason: "under_bound" };
  }
  const today = todayIn(facts.timeZone, now);
  const locksOn = addDays(today, settings.door.graceDays + 1 - facts.daysPastDue);
  if (daysBetween(today, locksOn) > leadDays(settings.door)) {
    return { kind: "none", reason: "within_grace" };
  }
  const holds = lockHolds(facts, settings, now);
  if (holds.length > 0) {
    return { kind: "held", reasons: holds };
  }
  const warning = facts.warning?.episodeOn === facts.episodeOn ? facts.warning : null;
  if (warning === null) {
    return hasRoomForText(facts, settings, now)
      ? { kind: "warn", namesOn: addDays(today, leadDays(settings.door)) }
      : { kind: "wait", reasons: ["texts_in_7_days"] };
  }
  if (today < locksOn) {
    return { kind: "none", reason: "within_grace" };
  }
  const reasons = lockWaits({ facts, warning }, settings.door, now);
  return reasons.length > 0 ? { kind: "wait", reasons } : { kind: "lock", boundMinor };
};

const noLockReason = (facts: DoorFacts): "nothing_due" | "already_locked" | "referred" | "lock_spent" | null => {
  if (facts.dueMinor <= 0n) {
    return "nothing_due";
  }
  if (facts.lock !== null) {
    return "already_locked";
  }
  if (facts.isReferred) {
    return "referred";
  }
  return facts.isLockSpent ? "lock_spent" : null;
};

/** The lowest amount for which this debt may be locked; null = it may not. */
const lockBoundOf = (facts: DoorFacts, { door, pastDue }: LockSettings): bigint | null => {
  const bounds = [
    ...(facts.isDoorWorkflowOn ? [BigInt(door.lockFromMinor)] : []),
    ...(facts.attempts >= pastDue.urgentFromAttempts ? [BigInt(pastDue.urgentFromMinor)] : []),
  ].filter((bound) => facts.dueMinor >= bound);
  return bounds.reduce<bigint | null>((lowest, bound) => (lowest === null || bound < lowest ? bound : lowest), null);
};

const lockHolds = (facts: DoorFacts, { pastDue }: LockSettings, now: Date): readonly LockHold[] => [
  ...new Set<LockHold>([...activeHolds(facts, pastDue, now).map(({ kind }) => kind), ...(facts.isMinor ? ["minor" as const] : [])]),
];

/** A warning counts against the ceiling of texts, but does not wait for the pause after a reminder: that would let it starve. */
const hasRoomForText = (facts: DoorFacts, { pastDue }: LockSettings, now: Date): boolean =>
  paceOf(facts.billingTextsAt, { ...pastDue, pauseHours: 0 }, now) === null;

const lockWaits = (
  { facts, warning }: { readonly facts: DoorFacts; readonly warning: NonNullable<DoorFacts["warning"]> },
  door: DoorAccessSettings,
  now: Date,
): readonly LockWait[] => {
  const { deliveredAt } = warning;
  const waits: readonly (readonly [LockWait, boolean])[] = [
    ["warning_under_way", deliveredAt === null],
    ["warning_recent", deliveredAt !== null && now.getTime() - deliveredAt.getTime() < door.warningHours * HOUR_MS],
    ["date_ahead", todayIn(facts.timeZone, now) < warning.namesOn],
    ["no_staff", !facts.isStaffedNow],
    ["night", isNight(door, { timeZone: facts.timeZone, now })],
  ];
  return waits.flatMap(([reason, holds]) => (holds ? [reason] : []));
};

const HOUR_MS = 3_600_000;

/** The night may go over midnight; its first minute belongs to it, its last does not. */
export const isNight = (
  { nightFromMinute, nightUntilMinute }: Pick<DoorAccessSettings, "nightFromMinute" | "nightUntilMinute">,
  { timeZone, now }: { readonly timeZone: string; readonly now: Date },
): boolean => {
  const [hour = 0, minute = 0] = formatInTimeZone(now, timeZone, "H:m").split(":").map(Number);
  const at = hour * 60 + minute;
  return nightFromMinute < nightUntilMinute
    ? at >= nightFromMinute && at < nightUntilMinute
    : at >= nightFromMinute || at < nightUntilMinute;
};

/** So many days ahead a warning names its day that it is old enough then, also if the text has to wait for a morning. */
const leadDays = ({ warningHours }: DoorAccessSettings): number => Math.ceil(warningHours / 24) + 1;

export type UnlockDecision = { readonly kind: "none" } | { readonly kind: "unlock"; readonly reason: "paid" | "exemption" | "person" };

/**
 * Whether a locked door is opened again: at once, at any hour, before any lock of the run, and without asking anything else.
 * No hold, age of the balance, night or empty desk stands against it. A lock that is not ours is opened only by a person's word.
 * @param isToldByPerson somebody of the club has said so for this person
 */
export const decideUnlock = (
  { lock, dueMinor, holds }: Pick<DoorFacts, "lock" | "dueMinor" | "holds">,
  { isToldByPerson, now }: { readonly isToldByPerson: boolean; readonly now: Date },
): UnlockDecision => {
  if (lock === null) {
    return { kind: "none" };
  }
  if (isToldByPerson) {
    return { kind: "unlock", reason: "person" };
  }
  if (!lock.isOurs) {
    return { kind: "none" };
  }
  if (dueMinor <= 0n || dueMinor < lock.boundMinor) {
    return { kind: "unlock", reason: "paid" };
  }
  const isExempt = holds.some(({ kind, since, until }) => kind === "exemption" && since <= now && (until === null || now < until));
  return isExempt ? { kind: "unlock", reason: "exemption" } : { kind: "none" };
};

export type LockCandidate = { readonly key: string; readonly dueMinor: bigint; readonly daysPastDue: number };

/**
 * Which of a run's locks happen by themselves and which wait for a person. Until the owner lets locks happen, all of them are
 * one question; after that those that have been due the longest come first, up to what is left of the day's cap.
 */
export const shareLocks = <C extends LockCandidate>(
  candidates: readonly C[],
  { door, lockedToday }: { readonly door: DoorAccessSettings; readonly lockedToday: number },
): { readonly lock: readonly C[]; readonly ask: readonly C[] } => {
  const ordered = candidates.toSorted(
    (left, right) => right.daysPastDue - left.daysPastDue || compare(right.dueMinor, left.dueMinor) || compare(left.key, right.key),
  );
  const room = door.isAutoLockOn ? Math.max(0, door.dailyCap - lockedToday) : 0;
  return { lock: ordered.slice(0, room), ask: ordered.slice(room) };
};

const compare = <T extends string | bigint>(left: T, right: T): number => (left < right ? -1 : left > right ? 1 : 0);
