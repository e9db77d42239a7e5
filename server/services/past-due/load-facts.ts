import "server-only";

import { daysBetween } from "#server/domain/calendar-date.ts";
import { countAttempts, daysPastDue } from "#server/domain/past-due/episode.ts";
import type { DoorFacts, PastDueFacts, RecordedHold } from "#server/domain/past-due/facts.ts";
import { holdOfPromise } from "#server/domain/past-due/promises.ts";
import type { EscalationReason } from "#server/domain/past-due/reasons.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { clubState, type ClubState } from "#server/services/past-due/club-state.ts";
import { debtRows, type DebtMember } from "#server/services/past-due/debt-rows.ts";
import { locksOf, warningsOf, type LockRow } from "#server/services/past-due/door-rows.ts";
import {
  attemptsOf,
  billingTextsOf,
  episodesOf,
  holdsOf,
  paymentsOf,
  promisesOf,
  referredOf,
  type EpisodeRow,
  type HoldRow,
  type KnownAttempt,
  type PaymentRow,
} from "#server/services/past-due/history-rows.ts";

/** What one payer owes, with everything that is decided on and written with. */
export type Debt = {
  /** The payer: whoever is written to. */
  readonly contactId: string;
  /** The payer's own record; of a payer without one that of somebody they pay for. */
  readonly payer: DebtMember;
  /** All records they pay for, their own among them. */
  readonly members: readonly DebtMember[];
  readonly facts: PastDueFacts;
  /** What it is owed for, as a text names it. */
  readonly what: string;
  readonly lastPayment: { readonly amountMinor: bigint; readonly currency: string; readonly at: Date } | null;
  readonly episode: EpisodeRow | null;
  /** The wordings of this episode that went out, may have, or will. */
  readonly usedWordings: readonly string[];
  readonly lastAttempt: KnownAttempt | null;
  readonly notedReasons: readonly EscalationReason[];
  /** What the door needs of each record, by member. */
  readonly doors: ReadonlyMap<string, DoorOf>;
};

export type DoorOf = Pick<DoorFacts, "lock" | "isLockSpent" | "warning"> & {
  readonly lockId: string | null;
  /** A lock waits for a yes, or is on its way. */
  readonly isLockUnderWay: boolean;
};

export type LoadedDebts = { readonly club: ClubState; readonly debts: ReadonlyMap<string, Debt> };

/**
 * The debts of some payers, whoever of them owes something or not, in a fixed number of statements. Whoever has no live record is missing.
 * Episodes are read as they stand: `trackEpisodes` brings them up to date.
 */
export const loadDebts = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { payerIds }: { readonly payerIds: readonly string[] },
): Promise<LoadedDebts> => {
  const club = await clubState(tx, ctx);
  const members = await debtRows(tx, ctx, { payerIds, today: club.today });
  // What was said by, paid by or done for anybody the payer pays for counts.
  const who = { contactIds: [...new Set([...payerIds, ...[...members.values()].flat().map(({ contactId }) => contactId)])] };
  const history: History = {
    attempts: await attemptsOf(tx, ctx, who),
    texts: await billingTextsOf(tx, ctx, who),
    holds: await holdsOf(tx, ctx, who),
    promises: await promisesOf(tx, ctx, who),
    payments: await paymentsOf(tx, ctx, who),
    episodes: await episodesOf(tx, ctx, who),
    referred: await referredOf(tx, ctx, who),
    locks: await locksOf(tx, ctx, who),
    warnings: await warningsOf(tx, ctx, who),
  };
  const now = tx.now;
  const debts = [...members].map(([contactId, own]) => [contactId, debtOf({ contactId, members: own, history, club, now })] as const);
  return { club, debts: new Map(debts.flatMap(([contactId, debt]) => (debt === null ? [] : [[contactId, debt]]))) };
};

/** One payer's debt, or null. */
export const loadDebt = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  contactId: string,
): Promise<{ readonly club: ClubState; readonly debt: Debt | null }> => {
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: [contactId] });
  return { club, debt: debts.get(contactId) ?? null };
};

/** The facts of one record's door. */
export const doorFactsOf = (debt: Debt, { club, memberId }: { readonly club: ClubState; readonly memberId: string }): DoorFacts => {
  const { isDoorWorkflowOn, isStaffedNow } = club;
  const { isLockSpent, lock, warning } = debt.doors.get(memberId) ?? { lock: null, isLockSpent: false, warning: null };
  const member = debt.members.find((one) => one.memberId === memberId);
  const isMinor = debt.facts.isMinor || (member !== undefined && isUnderage(member, club.today));
  return { ...debt.facts, isMinor, lock, isLockSpent, warning, isDoorWorkflowOn, isStaffedNow };
};

type Grouped<T> = ReadonlyMap<string, readonly T[]>;
type History = {
  readonly attempts: Grouped<KnownAttempt>;
  readonly texts: Grouped<Date>;
  readonly holds: Grouped<HoldRow>;
  readonly promises: Awaited<ReturnType<typeof promisesOf>>;
  readonly payments: Grouped<PaymentRow>;
  readonly episodes: Awaited<ReturnType<typeof episodesOf>>;
  readonly referred: ReadonlySet<string>;
  readonly locks: Grouped<LockRow>;
  readonly warnings: Awaited<ReturnType<typeof warningsOf>>;
};

type Input = {
  readonly contactId: string;
  readonly members: readonly DebtMember[];
  readonly history: History;
  readonly club: ClubState;
  readonly now: Date;
};

const debtOf = ({ club, contactId, history, members, now }: Input): Debt | null => {
  const [payer] = members;
  if (payer === undefined) {
    return null;
  }
  const of = <T>(rows: Grouped<T>): readonly T[] =>
    [...new Set([contactId, ...members.map((member) => member.contactId)])].flatMap((id) => rows.get(id) ?? []);
  const known = members.filter(({ dueMinor }) => dueMinor !== null);
  const dueMinor = known.reduce((sum, member) => sum + (member.dueMinor ?? 0n), 0n);
  const episode = history.episodes.get(contactId) ?? null;
  const { timeZone, today } = club;
  const episodeOn = dueMinor <= 0n ? null : (episode?.startedOn ?? today);
  const attempts = of(history.attempts);
  const balanceReadAt = oldestRead(known);
  const payments = of(history.payments);
  const holds = holdsOfDebt({ of, history, members, payments, balanceReadAt, club });
  const owing = known.filter((member) => (member.dueMinor ?? 0n) > 0n);
  return {
    contactId,
    payer,
    members,
    facts: {
      dueMinor,
      currency: (owing[0] ?? payer).currency,
      daysPastDue: daysPastDue({ oldestUnpaidOn: oldestDay(owing), episodeOn, today }),
      episodeOn,
      ...countAttempts(attempts, { episodeOn, today, timeZone }),
      billingTextsAt: of(history.texts),
      holds,
      paidClaimAt: newestClaim(of(history.holds)),
      balanceReadAt,
      isReferred: history.referred.has(contactId) || owing.some(({ status }) => status === "in_collections"),
      isMinor: isUnderage(payer, today),
      isInvoiceDay: club.isInvoiceDay,
      timeZone,
    },
    what: whatOf(owing),
    lastPayment: newestPayment(payments.filter(({ at, isInFlight }) => !isInFlight && at <= now)),
    episode,
    usedWordings: attempts.flatMap((attempt) =>
      attempt.episodeOn === episodeOn && attempt.outcome !== "failed" && attempt.wordingKey !== null ? [attempt.wordingKey] : [],
    ),
    lastAttempt: newest(attempts.filter(({ outcome }) => outcome === "confirmed" || outcome === "unknown")),
    notedReasons: episode?.notedReasons ?? [],
    doors: new Map(members.map((member) => [member.memberId, doorOf(member, { history, episodeOn })])),
  };
};

/** The least one, for a sum is no younger than its oldest part; null where one of them is not known. */
const oldestRead = (known: readonly DebtMember[]): Date | null => {
  const times = known.map(({ readAt }) => readAt?.getTime() ?? Number.NaN);
  const oldest = Math.min(...times);
  return Number.isFinite(oldest) ? new Date(oldest) : null;
};

const oldestDay = (owing: readonly DebtMember[]): string | null =>
  owing.flatMap(({ pastDueSinceOn }) => pastDueSinceOn ?? []).toSorted()[0] ?? null;

type HoldInput = Pick<Input, "history" | "members" | "club"> & {
  readonly of: <T>(rows: Grouped<T>) => readonly T[];
  readonly payments: readonly PaymentRow[];
  readonly balanceReadAt: Date | null;
};

const holdsOfDebt = ({ balanceReadAt, club, history, members, of, payments }: HoldInput): readonly RecordedHold[] => [
  ...of(history.holds).flatMap(({ kind, since, until }) => (kind === "paid_claim" ? [] : [{ kind, since, until }])),
  ...of(history.promises).flatMap(({ amountMinor, createdAt, dueWhenMadeMinor, promisedOn }) => {
    const promise = { status: "open", madeAt: createdAt, promisedOn, amountMinor, dueWhenMadeMinor } as const;
    return holdOfPromise(promise, club.timeZone, club.settings) ?? [];
  }),
  ...(members.some(({ isFrozen }) => isFrozen) ? [{ kind: "freeze", since: EVER, until: null } as const] : []),
  // What came in after the balance was read is in no balance yet.
  ...payments.flatMap(({ at, isInFlight }) =>
    isInFlight || balanceReadAt === null || at > balanceReadAt ? [{ kind: "payment_in_flight", since: EVER, until: null } as const] : [],
  ),
];

/** What is read as it stands holds, since whenever. */
const EVER = new Date(0);

const newestClaim = (holds: readonly HoldRow[]): Date | null =>
  holds.filter(({ kind }) => kind === "paid_claim").toSorted((left, right) => right.since.getTime() - left.since.getTime())[0]?.since ??
  null;

const newestPayment = (payments: readonly PaymentRow[]): Debt["lastPayment"] => newest(payments);

const newest = <T extends { readonly at: Date }>(rows: readonly T[]): T | null =>
  rows.toSorted((left, right) => right.at.getTime() - left.at.getTime())[0] ?? null;

const ADULT_YEARS = 18;

/** Somebody whose birthday nobody knows is grown up. Born on February 29, they come of age on March 1. */
const isUnderage = ({ dateOfBirth }: Pick<DebtMember, "dateOfBirth">, today: string): boolean => {
  if (dateOfBirth === null || !/^\d{4}-\d\d-\d\d$/.test(dateOfBirth)) {
    return false;
  }
  const comesOfAge = `${Number(dateOfBirth.slice(0, 4)) + ADULT_YEARS}${dateOfBirth.slice(4)}`;
  return daysBetween(today, comesOfAge.endsWith("-02-29") ? `${comesOfAge.slice(0, 4)}-03-01` : comesOfAge) > 0;
};

const whatOf = (owing: readonly DebtMember[]): string => {
  const training = owing.reduce((sum, member) => sum + member.trainingMinor, 0n);
  const due = owing.reduce((sum, member) => sum + (member.dueMinor ?? 0n), 0n);
  if (training === 0n) {
    return "your membership";
  }
  return training >= due ? "your personal training" : "your membership and personal training";
};

type DoorInput = { readonly history: History; readonly episodeOn: string | null };

const doorOf = ({ accessState, memberId }: DebtMember, { episodeOn, history }: DoorInput): DoorOf => {
  const locks = history.locks.get(memberId) ?? [];
  const ours = locks.findLast(({ status }) => status === "locked") ?? null;
  return {
    // Where the vendor says that the door is open, or nobody knows, there is nothing of ours to undo.
    lock:
      accessState === "locked" || ours !== null
        ? { isOurs: ours !== null, lockedAt: ours?.lockedAt ?? EVER, boundMinor: ours?.boundMinor ?? 1n }
        : null,
    lockId: ours?.id ?? null,
    isLockSpent: locks.some((lock) => lock.episodeOn === episodeOn && lock.status !== "dropped"),
    isLockUnderWay: locks.some(({ status }) => status === "asked" || status === "planned"),
    warning: history.warnings.get(memberId) ?? null,
  };
};
