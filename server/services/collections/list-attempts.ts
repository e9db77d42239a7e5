import "server-only";

import { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ListAttemptsInput = z.object({ daysBack: z.int().min(1).max(366), limit: z.int().min(1).max(50) });

export type AttemptSample = {
  readonly count: number;
  readonly peopleCount: number;
  readonly byTier: Readonly<Record<string, number>>;
  /** Who was written to most often first. */
  readonly people: readonly { readonly memberId: string; readonly name: string; readonly count: number; readonly lastAt: Date }[];
};

/** What was done about debts in the last days: counts by tier, and whom it was about most often. */
export const listAttempts = (ctx: ServiceContext, raw: z.input<typeof ListAttemptsInput>): Promise<AttemptSample> => {
  assertCan(ctx, "member.read");
  const { daysBack, limit } = ListAttemptsInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const since = new Date(tx.now.getTime() - daysBack * 86_400_000);
      const tiers = await tx.db.$queryRaw<{ tier: string; count: number }[]>`
        select tier, count(*)::int as count from "CollectionAttempt" where "clubId" = ${ctx.clubId} and at >= ${since} group by tier order by tier`;
      const [people] = await tx.db.$queryRaw<{ count: number }[]>`
        select count(distinct "contactId")::int as count from "CollectionAttempt" where "clubId" = ${ctx.clubId} and at >= ${since}`;
      const rows = await tx.db.$queryRaw<{ memberId: string; name: string; count: number; lastAt: Date }[]>`
        select m.id as "memberId", trim(m."firstName" || ' ' || m."lastName") as name, a.count, a."lastAt"
        from (select "contactId", count(*)::int as count, max(at) as "lastAt" from "CollectionAttempt"
              where "clubId" = ${ctx.clubId} and at >= ${since} group by "contactId") a
        join lateral (select id, "firstName", "lastName" from "Member"
                      where "clubId" = ${ctx.clubId} and "contactId" = a."contactId" and "archivedAt" is null order by id limit 1) m on true
        order by a.count desc, a."lastAt" desc limit ${limit}`;
      const byTier = Object.fromEntries(tiers.map(({ tier, count }) => [tier, count]));
      return {
        count: tiers.reduce((total, { count }) => total + count, 0),
        peopleCount: people?.count ?? 0,
        byTier,
        people: rows,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
