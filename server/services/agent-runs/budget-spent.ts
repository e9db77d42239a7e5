import "server-only";

import type { Policy } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Tokens and cost of the last 24 hours against the club's budget. */
export const isBudgetSpent = async (tx: Tx, ctx: ServiceContext, policy: Policy): Promise<boolean> => {
  const spent = await tx.db.modelTurn.aggregate({
    where: { clubId: ctx.clubId, createdAt: { gt: new Date(tx.now.getTime() - DAY_MS) } },
    _sum: { costMicros: true, inputTokens: true, outputTokens: true },
  });
  const tokens = (spent._sum.inputTokens ?? 0) + (spent._sum.outputTokens ?? 0);
  return Number(spent._sum.costMicros ?? 0n) >= policy.budgets.dailyCostMicros || tokens >= policy.budgets.dailyTokens;
};

/** What this conversation's model calls cost in the last 24 hours, millionths of a US dollar. */
export const conversationCost = async (tx: Tx, ctx: ServiceContext, conversationId: string): Promise<number> => {
  const spent = await tx.db.modelTurn.aggregate({
    where: { clubId: ctx.clubId, run: { conversationId }, createdAt: { gt: new Date(tx.now.getTime() - DAY_MS) } },
    _sum: { costMicros: true },
  });
  return Number(spent._sum.costMicros ?? 0n);
};
