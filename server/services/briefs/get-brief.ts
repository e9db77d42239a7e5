import "server-only";

import { BriefFigures, briefLines } from "#server/domain/brief.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Brief = { readonly onDate: string; readonly happened: string; readonly needsYou: readonly string[] };

/** The newest brief of the club; null before the first one. */
export const getBrief = async (ctx: ServiceContext): Promise<Brief | null> => {
  assertCan(ctx, "alert.read");
  return withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const row = await tx.db.brief.findFirst({
        where: { clubId: ctx.clubId },
        orderBy: { onDate: "desc" },
        select: { onDate: true, figures: true },
      });
      return row === null ? null : { onDate: row.onDate, ...briefLines(BriefFigures.parse(row.figures), timeZone) };
    },
    { fixedNow: ctx.fixedNow },
  );
};
