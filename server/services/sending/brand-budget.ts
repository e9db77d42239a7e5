import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

const DAY_MS = 86_400_000;
/** More dispatches than this are never between their look at the budget and their commit at one time. */
const SLACK = 64;

type Budget = { readonly perDay: number; readonly exceptEffectId: string | undefined };

/**
 * When the brand's budget of texts within 24 hours has room again; null = it has. Near its end dispatches go one after
 * the other, so that the last text is counted once; before that nobody waits for anybody.
 */
export const brandFreeAt = async (tx: ServiceTx, ctx: ServiceContext, budget: Budget): Promise<Date | null> => {
  if (budget.perDay > SLACK && (await nthNewest(tx, ctx, { ...budget, perDay: budget.perDay - SLACK })) === null) {
    return null;
  }
  if (budget.exceptEffectId !== undefined) {
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`brand|${ctx.franchiseId}`}, 4))`;
  }
  const oldest = await nthNewest(tx, ctx, budget);
  return oldest === null ? null : new Date(oldest.getTime() + DAY_MS);
};

const nthNewest = async (tx: ServiceTx, { franchiseId }: ServiceContext, { perDay, exceptEffectId }: Budget): Promise<Date | null> => {
  const rows = await tx.db.$queryRaw<{ at: Date }[]>`
    select at from "ContactTouch"
    where "franchiseId" = ${franchiseId} and "channelKind" in ('sms', 'clubos') and at > ${new Date(tx.now.getTime() - DAY_MS)}
      and "voidedAt" is null and "effectId" <> ${exceptEffectId ?? ""}
    order by at desc offset ${perDay - 1} limit 1`;
  return rows[0]?.at ?? null;
};
