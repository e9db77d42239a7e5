import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import type { ClubHours } from "#server/domain/tell-hours.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { specialDaysFrom } from "./known-today.ts";

/** The hours of the club's rules with its special days from today on. */
export const readHours = async (tx: Tx, ctx: ServiceContext): Promise<ClubHours> => {
  const { policy } = await resolvedPolicy(tx, ctx);
  const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
  const todayOn = todayIn(timeZone, tx.now);
  return { hours: policy.hours, specialDays: await specialDaysFrom(tx, ctx, todayOn), todayOn };
};
