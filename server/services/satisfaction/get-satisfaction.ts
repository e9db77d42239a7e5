import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** So far back the scores are averaged. */
export const SCORE_DAYS = 90;
const DAY_MS = 86_400_000;

/** `average`: 1 to 5, null without a score. */
export type ScoreAverage = { readonly average: number | null; readonly scoreCount: number };

export type Satisfaction = {
  /** Whether the club asks at all. */
  readonly isAsked: boolean;
  readonly days: number;
  /** Questions that went out, answered or not. */
  readonly askedCount: number;
  readonly agent: ScoreAverage;
  readonly staff: ScoreAverage;
};

/** How people scored what Spotter and what staff settled, over the last 90 days. */
export const getSatisfaction = async (ctx: ServiceContext): Promise<Satisfaction> => {
  assertCan(ctx, "learning.read");
  return withClub(
    ctx,
    async (tx) => {
      const since = new Date(tx.now.getTime() - SCORE_DAYS * DAY_MS);
      const rows = await tx.db.$queryRaw<{ handledBy: string; average: number | null; scoreCount: number; askedCount: number }[]>`
        select s."handledBy", avg(s.score)::float8 as average, count(s.score)::int as "scoreCount", count(*)::int as "askedCount"
        from "SatisfactionScore" s left join "Effect" e on e.id = s."effectId" and e."clubId" = s."clubId"
        where s."clubId" = ${ctx.clubId} and s."askedAt" > ${since} and (e.id is null or e.status not in ('dropped', 'failed'))
        group by s."handledBy"`;
      const of = (who: string): ScoreAverage => {
        const row = rows.find(({ handledBy }) => handledBy === who);
        return { average: row?.average ?? null, scoreCount: row?.scoreCount ?? 0 };
      };
      return {
        isAsked: (await resolvedPolicy(tx, ctx)).policy.asksSatisfaction,
        days: SCORE_DAYS,
        askedCount: rows.reduce((sum, { askedCount }) => sum + askedCount, 0),
        agent: of("agent"),
        staff: of("staff"),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
