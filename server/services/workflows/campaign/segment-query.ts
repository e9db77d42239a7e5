import "server-only";

import type { MemberCondition, ProspectCondition, Segment } from "#server/domain/workflows/segment.ts";
import { Prisma } from "#server/platform/generated/client.ts";

const { sql } = Prisma;

/** The club, and the day of its calendar on which days are counted. */
export type SegmentPlace = { readonly clubId: string; readonly timeZone: string; readonly today: string };

/** Both ways of a bound, so that nothing but these two operators is ever written. */
const compared = (value: Prisma.Sql, op: "at_least" | "at_most", bound: Prisma.Sql): Prisma.Sql =>
  op === "at_least" ? sql`${value} >= ${bound}` : sql`${value} <= ${bound}`;

const among = (value: Prisma.Sql, words: readonly string[]): Prisma.Sql =>
  sql`lower(trim(${value})) = any (${words.map((word) => word.trim().toLowerCase())}::text[])`;

const daysSince = (day: Prisma.Sql, { today }: SegmentPlace): Prisma.Sql => sql`(${today}::date - ${day})`;

const ofMember = (condition: MemberCondition, place: SegmentPlace): Prisma.Sql => {
  switch (condition.field) {
    case "status":
      return sql`r.status = any (${condition.anyOf}::text[])`;
    case "days_since_visit":
      return compared(
        daysSince(sql`(r."lastVisitAt" at time zone ${place.timeZone}::text)::date`, place),
        condition.op,
        sql`${condition.days}::int`,
      );
    case "never_visited":
      return sql`r."lastVisitAt" is null`;
    case "days_since_joining":
      return compared(daysSince(sql`r."joinedOn"::date`, place), condition.op, sql`${condition.days}::int`);
    case "balance":
      return compared(sql`r."balanceMinor"`, condition.op, sql`${condition.minor}::bigint`);
    case "past_due":
      return sql`greatest(r."balanceMinor", r."trainingBalanceMinor") > 1`;
    case "visits":
      return compared(sql`r."visitCount"`, condition.op, sql`${condition.count}::int`);
    case "membership_type":
      return among(sql`r."membershipType"`, condition.anyOf);
  }
};

const ofProspect = (condition: ProspectCondition, place: SegmentPlace): Prisma.Sql =>
  condition.field === "source"
    ? among(sql`r.source`, condition.anyOf)
    : compared(daysSince(sql`r."createdOn"::date`, place), condition.op, sql`${condition.days}::int`);

const rows = (segment: Segment, { clubId }: SegmentPlace): Prisma.Sql =>
  segment.of === "members"
    ? sql`"Member" r where r."clubId" = ${clubId} and r."archivedAt" is null`
    : sql`"Prospect" r where r."clubId" = ${clubId} and r."archivedAt" is null and not exists (
        select 1 from "Member" m where m."clubId" = ${clubId} and m."contactId" = r."contactId" and m."archivedAt" is null and m.status <> 'cancelled')`;

/** `from … where …` over the records of a segment, as `r`: every value a bound parameter, every word of SQL written here. */
export const segmentSource = (segment: Segment, place: SegmentPlace): Prisma.Sql => {
  const conditions =
    segment.of === "members" ? segment.all.map((one) => ofMember(one, place)) : segment.all.map((one) => ofProspect(one, place));
  return sql`from ${rows(segment, place)} ${conditions.length === 0 ? Prisma.empty : sql`and ${Prisma.join(conditions, " and ")}`}`;
};
