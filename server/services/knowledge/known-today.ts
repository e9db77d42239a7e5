import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { hoursArticles, noticeArticle, SPECIAL_DAY_STATUSES, type KnownDay } from "#server/domain/known-hours.ts";
import { knownOn, type KnownArticle } from "#server/domain/knowledge-today.ts";
import { DaySpans, type Policy } from "#server/domain/policy.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

import { readableIn, readArticles } from "./internal.ts";
import { KNOWN_MAX_COUNT } from "./limits.ts";

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;
type ClubRules = { readonly policy: Pick<Policy, "hours" | "agent">; readonly timeZone: string };

/** More notices at a time than this are no notices any more. */
const NOTICES_MAX_COUNT = 20;
const DAYS_MAX_COUNT = 60;

/**
 * All that may be said at this moment, the most pressing first: notices that hold, hours by the rules and the decided
 * special days, and of each published article what is valid today and not stopped. What is not in here is not known.
 */
export const knownToday = async (tx: Tx, ctx: Scope, { policy, timeZone }: ClubRules): Promise<readonly KnownArticle[]> => {
  const todayOn = todayIn(timeZone, tx.now);
  const notices = await tx.db.clubNotice.findMany({
    where: { clubId: ctx.clubId, validFrom: { lte: tx.now }, validUntil: { gt: tx.now }, endedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: NOTICES_MAX_COUNT,
    select: { id: true, text: true, validUntil: true },
  });
  const articles = await readArticles(tx, {
    where: { ...readableIn(ctx), status: "published", stoppedAt: null },
    orderBy: [{ clubId: "asc" }, { id: "asc" }],
    take: KNOWN_MAX_COUNT,
  });
  return [
    ...notices.map(({ id, text, validUntil }) => noticeArticle({ id, text, untilOn: lastDayOf(validUntil, timeZone) })),
    ...hoursArticles({
      hours: policy.hours,
      specialDays: await specialDaysFrom(tx, ctx, todayOn),
      todayOn,
      languages: policy.agent.languages,
    }),
    ...articles.flatMap((article) => knownOn({ ...article, isStopped: article.stoppedAt !== null }, todayOn) ?? []),
  ];
};

/** The day of the club's calendar on which something that ends at its midnight still holds. */
export const lastDayOf = (end: Date, timeZone: string): string => todayIn(timeZone, new Date(end.getTime() - 1));

/** Special days from a day on, decided or not, the next one first. */
export const specialDaysFrom = async (tx: Tx, { clubId }: Scope, todayOn: string): Promise<readonly KnownDay[]> => {
  const rows = await tx.db.specialDay.findMany({
    where: { clubId, onDate: { gte: todayOn } },
    orderBy: { onDate: "asc" },
    take: DAYS_MAX_COUNT,
    select: { onDate: true, name: true, status: true, openSpans: true, staffedSpans: true },
  });
  return rows.map((row) => ({
    ...row,
    status: z.enum(SPECIAL_DAY_STATUSES).parse(row.status),
    openSpans: DaySpans.parse(row.openSpans),
    staffedSpans: DaySpans.parse(row.staffedSpans),
  }));
};
