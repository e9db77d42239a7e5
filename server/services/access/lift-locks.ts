import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { openLocks, planUnlock, unlockReasonOf } from "#server/services/access/plan-unlock.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";

/** Of these payers, or of everybody in the club. */
type Whose = { readonly contactIds: readonly string[] | null };

/**
 * Plans to let everybody in again whom we locked out and who has paid, or for whom somebody made an exception: whatever the hour, and
 * whether the workflow is on or not. Whoever calls hands the effects out. Harmless to repeat.
 */
export const liftLocks = async (ctx: ServiceContext, { contactIds }: Whose): Promise<readonly Id<"effect">[]> => {
  assertCan(ctx, "effect.plan");
  const payers = await withClub(
    ctx,
    (tx) =>
      tx.db.accessLock.findMany({
        where: {
          clubId: ctx.clubId,
          status: { in: ["locked", "planned"] },
          ...(contactIds === null ? {} : { contactId: { in: [...contactIds] } }),
        },
        distinct: ["contactId"],
        orderBy: { contactId: "asc" },
        select: { contactId: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  const planned: Id<"effect">[] = [];
  for (const { contactId } of payers) {
    planned.push(...(await inTransaction(ctx, (tx) => liftOf(tx, ctx, contactId))));
  }
  return planned;
};

/** The same for one payer, in the caller's transaction. */
export const liftOf = async (tx: ServiceTx, ctx: ServiceContext, contactId: string): Promise<readonly Id<"effect">[]> => {
  await lockDebts(tx, ctx, [contactId]);
  const planned: Id<"effect">[] = [];
  for (const lock of await openLocks(tx, ctx, contactId)) {
    const reason = await unlockReasonOf(tx, ctx, { contactId, lock });
    const effectId = reason === null ? null : await planUnlock(tx, ctx, { lock, reason });
    if (effectId !== null) {
      planned.push(effectId);
    }
  }
  return planned;
};
