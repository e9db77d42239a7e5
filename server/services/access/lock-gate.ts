import "server-only";

import { activeHolds, type DoorFacts } from "#server/domain/past-due/facts.ts";
import type { LockDecision } from "#server/domain/past-due/locks.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import { lookAtLock, reasonOf } from "#server/services/access/plan-lock.ts";
import { openLocks, planUnlock, stillDue, unlockReasonOf, type OpenLock } from "#server/services/access/plan-unlock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { AccessArguments } from "#server/services/effects/effect-arguments.ts";
import { loadDebt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export type DebtGate =
  | { readonly kind: "open" }
  /** `detail` is the code of the rule that spoke. */
  | { readonly kind: "suppress"; readonly reason: ReasonCode; readonly detail: string }
  | { readonly kind: "defer"; readonly reason: ReasonCode; readonly detail: string; readonly until: Date };

export type GatedDeed = {
  readonly id: string;
  readonly kind: string;
  readonly purpose: string;
  readonly contactId: string | null;
  readonly arguments: unknown;
  readonly attempt: number;
  readonly createdAt: Date;
};

/** How long a lock, or a referral, that has to wait for its hour rests before it is looked at again; and when it is given up. */
const LOOK_AGAIN_MINUTES = 10;
const GIVE_UP_HOURS = 24;

export const OPEN: DebtGate = { kind: "open" };

/**
 * Whether somebody may be locked out for a debt at this very moment, in the transaction that would begin the call. A payment, a promise,
 * an exception, a freeze or a referral that has come meanwhile ends it; an hour that does not suit puts it back.
 */
export const lockGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedDeed): Promise<DebtGate> => {
  const args = AccessArguments.safeParse(effect.arguments);
  if (effect.kind !== "access.set" || effect.purpose !== "billing" || !args.success || args.data.state !== "suspended") {
    return OPEN;
  }
  const own = await tx.db.accessLock.findFirst({
    where: { clubId: ctx.clubId, effectId: effect.id },
    select: { id: true, contactId: true, memberId: true, boundMinor: true, unlockReason: true },
  });
  if (own === null) {
    return foreignLockGate(tx, ctx, args.data.memberId);
  }
  await lockDebts(tx, ctx, [own.contactId]);
  if (effect.attempt > 0) {
    return repeatGate(tx, ctx, { effect, lock: own });
  }
  const looked = await lookAtLock(tx, ctx, { contactId: own.contactId, ownEffectId: effect.id });
  if (looked !== null && looked.decision.kind === "lock") {
    return OPEN;
  }
  const until = looked === null ? null : mayWait(looked.decision, { effect, now: tx.now });
  const detail = looked === null ? "nothing_due" : reasonOf(looked.decision);
  if (until !== null) {
    return { kind: "defer", reason: "lock_waits", detail, until };
  }
  await setStatus(tx, ctx, { lockId: own.id, status: "dropped" });
  return { kind: "suppress", reason: "lock_held", detail };
};

/** It waits where only the hour, or the age of the balance, is wrong, and not for ever. */
const mayWait = (
  decision: LockDecision,
  { effect, now }: { readonly effect: Pick<GatedDeed, "createdAt">; readonly now: Date },
): Date | null => {
  const isPassing =
    decision.kind === "wait" || (decision.kind === "held" && decision.reasons.every((reason) => reason === "stale_balance"));
  return isPassing ? lookAgain(effect, now) : null;
};

export const lookAgain = ({ createdAt }: Pick<GatedDeed, "createdAt">, now: Date): Date | null =>
  now.getTime() - createdAt.getTime() > GIVE_UP_HOURS * 3_600_000 ? null : new Date(now.getTime() + LOOK_AGAIN_MINUTES * 60_000);

type OwnLock = Pick<OpenLock, "id" | "memberId" | "boundMinor" | "unlockReason"> & { readonly contactId: string };

/**
 * A lock of which nobody knows whether it was done was right when it began: it is repeated, unless the debt has been paid or excepted
 * meanwhile. Then it is taken back, whether it was done or not.
 */
const repeatGate = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effect, lock }: { readonly effect: GatedDeed; readonly lock: OwnLock },
): Promise<DebtGate> => {
  const reason = await unlockReasonOf(tx, ctx, { contactId: lock.contactId, lock });
  if (reason === null) {
    return OPEN;
  }
  await setStatus(tx, ctx, { lockId: lock.id, status: "locked" });
  const opened = (await openLocks(tx, ctx, lock.contactId)).find(({ id }) => id === lock.id);
  if (opened !== undefined) {
    await planUnlock(tx, ctx, { lock: { ...opened, effectId: effect.id }, reason });
  }
  return { kind: "suppress", reason: "lock_held", detail: reason };
};

type Status = { readonly lockId: string; readonly status: "dropped" | "locked" };

const setStatus = async (tx: ServiceTx, ctx: ServiceContext, { lockId, status }: Status): Promise<void> => {
  await tx.db.accessLock.updateMany({
    where: { id: lockId, clubId: ctx.clubId, status: { in: ["asked", "planned"] } },
    data: { status, updatedAt: tx.now, ...(status === "locked" ? { lockedAt: tx.now } : {}) },
  });
};

/**
 * A lock that a person let happen beside the workflow: nobody who has paid, has an exception or is a minor is locked out by it either.
 * Of a member whose debt nobody knows the person's word counts.
 */
const foreignLockGate = async (tx: ServiceTx, ctx: ServiceContext, memberId: string): Promise<DebtGate> => {
  const member = await tx.db.member.findFirst({ where: { id: memberId, clubId: ctx.clubId }, select: { contactId: true } });
  const [contactId] = member === null ? [] : await payersOf(tx, ctx, [member.contactId]);
  if (contactId === undefined) {
    return OPEN;
  }
  await lockDebts(tx, ctx, [contactId]);
  const { club, debt } = await loadDebt(tx, ctx, contactId);
  if (debt === null) {
    return OPEN;
  }
  const isPaid = debt.facts.balanceReadAt !== null && (await stillDue(tx, ctx, debt)) <= 0n;
  const detail = isPaid ? "nothing_due" : speaksAgainst(debt.facts, { settings: club.settings, now: tx.now });
  return detail === null ? OPEN : { kind: "suppress", reason: "lock_held", detail };
};

type At = { readonly settings: Parameters<typeof activeHolds>[1]; readonly now: Date };

const speaksAgainst = (
  facts: Pick<DoorFacts, "holds" | "paidClaimAt" | "balanceReadAt" | "isMinor">,
  { now, settings }: At,
): string | null =>
  facts.isMinor ? "minor" : (activeHolds(facts, settings, now).find(({ kind }) => kind !== "stale_balance")?.kind ?? null);
