import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { decideUnlock } from "#server/domain/past-due/locks.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { AccessArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { doorFactsOf, loadDebt, type Debt } from "#server/services/past-due/load-facts.ts";

export type UnlockReason = "paid" | "exemption" | "person";

export type OpenLock = {
  readonly id: string;
  readonly memberId: string;
  readonly boundMinor: bigint;
  readonly effectId: string | null;
  readonly unlockEffectId: string | null;
  /** `person` = somebody said so while the lock was on its way. */
  readonly unlockReason: string | null;
};

/** Locks of ours that hold, or that may hold although nobody could tell. */
export const openLocks = (tx: ServiceTx, { clubId }: ServiceContext, contactId: string): Promise<OpenLock[]> =>
  tx.db.$queryRaw<OpenLock[]>`
    select l.id, l."memberId", l."boundMinor", l."effectId", l."unlockEffectId", l."unlockReason" from "AccessLock" l
    left join "Effect" e on e."clubId" = l."clubId" and e.id = l."effectId"
    where l."clubId" = ${clubId} and l."contactId" = ${contactId}
      and (l.status = 'locked' or (l.status = 'planned' and e.status = 'needs_human'))
    order by l.id`;

type Opening = { readonly lock: OpenLock; readonly reason: UnlockReason };

/**
 * Plans to let somebody in again whom we have locked out. An unlock that is on its way is answered; one that failed, or that the
 * emergency stop took away, is planned anew. Null where nothing is known any more of how we locked.
 */
export const planUnlock = async (tx: ServiceTx, ctx: ServiceContext, { lock, reason }: Opening): Promise<Id<"effect"> | null> => {
  const earlier =
    lock.unlockEffectId === null
      ? null
      : await tx.db.effect.findFirst({ where: { id: lock.unlockEffectId, clubId: ctx.clubId }, select: { id: true, status: true } });
  if (earlier !== null && !ENDED_IN_VAIN.has(earlier.status)) {
    return asId("effect", earlier.id);
  }
  const locking = await tx.db.effect.findFirst({
    where: { id: lock.effectId ?? "", clubId: ctx.clubId },
    select: { connectionId: true, arguments: true },
  });
  const parsed = AccessArguments.safeParse(locking?.arguments);
  if (locking === null || !parsed.success) {
    return null;
  }
  const effectId = await planEffect(tx, ctx, {
    effectKey: earlier === null ? `unlock:${lock.id}` : `unlock:${lock.id}:${earlier.id}`,
    kind: "access.set",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: asId("connection", locking.connectionId),
    purpose: "billing",
    arguments: { ...parsed.data, state: "allowed", note: reason },
  });
  await tx.db.accessLock.updateMany({
    where: { id: lock.id, clubId: ctx.clubId },
    data: { unlockEffectId: effectId, unlockReason: reason, updatedAt: tx.now },
  });
  await recordAudit(tx, ctx, { action: "lock.lifted", entityId: lock.memberId, details: { effectId, reason } });
  return effectId;
};

const ENDED_IN_VAIN: ReadonlySet<string> = new Set(["failed", "dropped", "needs_human"]);

/** Why a lock of ours must go now; null = it stays. A balance that nobody knows is no payment. */
export const unlockReasonOf = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactId, lock }: { readonly contactId: string; readonly lock: Pick<OpenLock, "memberId" | "boundMinor" | "unlockReason"> },
): Promise<UnlockReason | null> => {
  if (lock.unlockReason === "person") {
    return "person";
  }
  const { club, debt } = await loadDebt(tx, ctx, contactId);
  if (debt === null) {
    return null;
  }
  const facts = doorFactsOf(debt, { club, memberId: lock.memberId });
  const decision = decideUnlock(
    { holds: facts.holds, lock: { isOurs: true, lockedAt: tx.now, boundMinor: lock.boundMinor }, dueMinor: await stillDue(tx, ctx, debt) },
    { isToldByPerson: false, now: tx.now },
  );
  const isKnown = debt.facts.balanceReadAt !== null;
  return decision.kind === "none" || (decision.reason === "paid" && !isKnown) ? null : decision.reason;
};

/** What is owed once that is taken off which came in after the balance was read. */
export const stillDue = async (tx: ServiceTx, { clubId }: ServiceContext, { contactId, facts, members }: Debt): Promise<bigint> => {
  if (facts.balanceReadAt === null) {
    return facts.dueMinor;
  }
  const { _sum: sum } = await tx.db.payment.aggregate({
    where: {
      clubId,
      OR: [
        { memberId: { in: members.map(({ memberId }) => memberId) } },
        { contactId: { in: [contactId, ...members.map((one) => one.contactId)] } },
      ],
      status: "completed",
      currency: facts.currency,
      at: { gt: facts.balanceReadAt },
    },
    _sum: { amountMinor: true },
  });
  return facts.dueMinor - (sum.amountMinor ?? 0n);
};
