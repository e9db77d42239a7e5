import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { modelCosts, type ModelCosts } from "#server/services/agent-runs/model-costs.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import type { z } from "zod";

import { resolveWindows } from "./resolve-windows.ts";
import { GetUsageInput } from "./schemas.ts";

const DAY_MS = 86_400_000;

export type UsageDay = {
  readonly day: string;
  readonly purpose: string;
  readonly callCount: number;
  readonly costMicros: number;
  readonly tokens: number;
};

/** A bound of the rules and how much of it is used; `isReached` as the agent asks before each call. */
export type Budget = { readonly limit: number; readonly used: number; readonly isReached: boolean };

export type Usage = {
  readonly totals: ModelCosts;
  readonly before: ModelCosts;
  /** Every club-calendar day of the period. */
  readonly days: readonly string[];
  readonly byDay: readonly UsageDay[];
  /** Of the 24 hours that end now: cost in millionths of a US dollar, and tokens read and written outside the cache. */
  readonly dailyCost: Budget;
  readonly dailyTokens: Budget;
  readonly runCostMicros: number;
  readonly conversationCostMicros: number;
};

/** What the model was used for, what it cost, and how much of the club's budget is left. */
export const getUsage = async (ctx: ServiceContext, raw: z.input<typeof GetUsageInput>): Promise<Usage> => {
  assertCan(ctx, "report.read");
  const { period } = GetUsageInput.parse(raw);
  const { windows, ...rest } = await withClub(
    ctx,
    async (tx) => {
      const resolved = await resolveWindows(tx, ctx, period);
      const { policy } = await resolvedPolicy(tx, ctx);
      const [spent] = await tx.db.$queryRaw<{ cost: number; tokens: number }[]>`
        select coalesce(sum("costMicros"), 0)::float8 as cost, coalesce(sum("inputTokens" + "outputTokens"), 0)::float8 as tokens
        from "ModelTurn" where "clubId" = ${ctx.clubId} and "createdAt" > ${new Date(tx.now.getTime() - DAY_MS)}`;
      const budget = (limit: number, used: number): Budget => ({ limit, used, isReached: used >= limit });
      return {
        windows: resolved,
        days: resolved.days,
        byDay: await tx.db.$queryRaw<UsageDay[]>`
          select to_char("createdAt" at time zone ${resolved.timeZone}, 'YYYY-MM-DD') as day, purpose, count(*)::int as "callCount",
            sum("costMicros")::float8 as "costMicros",
            sum("inputTokens" + "cacheReadTokens" + "cacheWriteTokens" + "outputTokens")::float8 as tokens
          from "ModelTurn" where "clubId" = ${ctx.clubId} and "createdAt" >= ${resolved.now.from} and "createdAt" < ${resolved.now.until}
          group by 1, 2 order by 1, 2`,
        dailyCost: budget(policy.budgets.dailyCostMicros, spent?.cost ?? 0),
        dailyTokens: budget(policy.budgets.dailyTokens, spent?.tokens ?? 0),
        runCostMicros: policy.budgets.runCostMicros,
        conversationCostMicros: policy.budgets.conversationCostMicros,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
  const costs = ({ from, until }: { readonly from: Date; readonly until: Date }) =>
    modelCosts(ctx, { from: from.toISOString(), until: until.toISOString() });
  return { ...rest, totals: await costs(windows.now), before: await costs(windows.before) };
};
