import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { AccessArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

export const RestoreAccessInput = z.object({ paymentId: idSchema("payment") });

/**
 * Plans to let a member in again whom we have locked out, once what came in reaches what was owed when the balance was
 * last read. A lock that is not ours, a balance nobody knows and a part payment change nothing. Once for each lock.
 */
export const restoreAccess = async (
  ctx: ServiceContext,
  raw: z.input<typeof RestoreAccessInput>,
): Promise<{ effectId: Id<"effect"> | null }> => {
  assertCan(ctx, "effect.plan");
  const { paymentId } = RestoreAccessInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const payment = await tx.db.payment.findFirst({ where: { id: paymentId, clubId: ctx.clubId }, select: { memberId: true } });
    if (payment === null) {
      throw notFound("payment");
    }
    const lock = payment.memberId === null ? null : await ownLock(tx, ctx, payment.memberId);
    if (lock === null || payment.memberId === null || !(await isSettled(tx, ctx, payment.memberId))) {
      return { effectId: null };
    }
    const effectId = await planEffect(tx, ctx, {
      effectKey: `restore:${lock.effectId}`,
      kind: "access.set",
      plannedBy: "workflow",
      needsApproval: null,
      connectionId: lock.connectionId,
      purpose: "billing",
      arguments: { ...lock.arguments, state: "allowed", note: "paid" },
    });
    await recordAudit(tx, ctx, { action: "lock.lifted", entityId: payment.memberId, details: { effectId } });
    return { effectId };
  });
};

type Lock = { readonly effectId: string; readonly connectionId: Id<"connection">; readonly arguments: AccessArguments };

/** The lock for a debt that holds now, where it was Spotter's; whoever was shut out for another reason stays out. */
const ownLock = async (tx: ServiceTx, ctx: ServiceContext, memberId: string): Promise<Lock | null> => {
  const [row] = await tx.db.$queryRaw<{ id: string; connectionId: Id<"connection">; purpose: string; arguments: unknown }[]>`
    select e.id, e."connectionId", e.purpose, e.arguments from "Effect" e
    join "Member" m on m.id = ${memberId} and m."clubId" = e."clubId" and m."accessState" = 'locked'
    where e."clubId" = ${ctx.clubId} and e.kind = 'access.set' and e.status = 'confirmed' and e.arguments ->> 'memberId' = ${memberId}
    order by e."settledAt" desc, e.id desc limit 1`;
  const parsed = AccessArguments.safeParse(row?.arguments);
  return row === undefined || row.purpose !== "billing" || !parsed.success || parsed.data.state !== "suspended"
    ? null
    : { effectId: row.id, connectionId: row.connectionId, arguments: parsed.data };
};

const isSettled = async (tx: ServiceTx, ctx: ServiceContext, memberId: string): Promise<boolean> => {
  const member = await tx.db.member.findFirst({
    where: { id: memberId, clubId: ctx.clubId },
    select: { balanceMinor: true, balanceReadAt: true, currency: true },
  });
  if (member === null || member.balanceMinor === null || member.balanceReadAt === null) {
    return false;
  }
  const { _sum: sum } = await tx.db.payment.aggregate({
    where: { clubId: ctx.clubId, memberId, status: "completed", currency: member.currency, at: { gt: member.balanceReadAt } },
    _sum: { amountMinor: true },
  });
  return (sum.amountMinor ?? 0n) >= member.balanceMinor;
};
