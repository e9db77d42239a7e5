import "server-only";

import { z } from "zod";

import { todayIn } from "#server/domain/calendar-date.ts";
import type { Id } from "#server/domain/ids.ts";
import { SPECIAL_DAY_STATUSES, type KnownDay } from "#server/domain/known-hours.ts";
import { DaySpans } from "#server/domain/policy.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

const DAYS_MAX_COUNT = 60;

export type SpecialDayItem = KnownDay & { readonly id: Id<"specialDay"> };

/** Holidays and other special days from today on, the next one first. */
export const listSpecialDays = async (ctx: ServiceContext): Promise<readonly SpecialDayItem[]> => {
  assertCan(ctx, "knowledge.read");
  const rows = await withClub(
    ctx,
    async (tx) => {
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      return tx.db.specialDay.findMany({
        where: { clubId: ctx.clubId, onDate: { gte: todayIn(timeZone, tx.now) } },
        orderBy: { onDate: "asc" },
        take: DAYS_MAX_COUNT,
        select: { id: true, onDate: true, name: true, status: true, openSpans: true, staffedSpans: true },
      });
    },
    { fixedNow: ctx.fixedNow },
  );
  return rows.map((row) => ({
    ...row,
    id: row.id as Id<"specialDay">,
    status: z.enum(SPECIAL_DAY_STATUSES).parse(row.status),
    openSpans: DaySpans.parse(row.openSpans),
    staffedSpans: DaySpans.parse(row.staffedSpans),
  }));
};
