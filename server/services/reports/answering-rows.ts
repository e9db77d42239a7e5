import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

import type { Scope } from "./scope.ts";

const { sql } = Prisma;

/** Went out, as far as anybody knows. */
export const WENT_OUT = sql`m.status in ('sent', 'delivered')`;

/** An answer of the agent that no person looked at. The line of a handover, and words about what a person must let happen first, are none. */
export const IS_ALONE = sql`m.author = 'agent' and m."authorUserId" is null and e.purpose = 'reply'`;

/**
 * Which conversations somebody wrote in, and who answered there: one row each. With `isDaily` besides one for each day of the club on which
 * anything happened in it; `day` is null in the rows of the whole period.
 */
export const answeringRows = ({ clubId, timeZone, window }: Scope, { isDaily = false } = {}): Prisma.Sql => {
  const dayOf = (column: Prisma.Sql) => (isDaily ? sql`to_char(${column} at time zone ${timeZone}, 'YYYY-MM-DD')` : sql`''::text`);
  const { from, until } = window;
  return sql`
    with wrote as (
      select m."conversationId" as id, ${dayOf(sql`m."receivedAt"`)} as day, max(m."receivedAt") as at
      from "Message" m
      where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'inbound'
      group by 1, 2),
    said as (
      select m."conversationId" as id, ${dayOf(sql`m."receivedAt"`)} as day, max(m."receivedAt") as at,
        count(*) filter (where ${IS_ALONE}) as alone,
        count(*) filter (where m.author = 'agent' and m."authorUserId" is not null) as approved,
        count(*) filter (where m.author = 'agent' and m."authorUserId" is not null and c.id is null) as unchanged,
        count(*) filter (where m.author = 'staff') as staff
      from "Message" m
      left join "Effect" e on e.id = m."effectId" and e."clubId" = ${clubId} and m.author = 'agent'
      left join "Correction" c on c."effectId" = m."effectId" and c."clubId" = ${clubId}
      where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound' and ${WENT_OUT}
      group by 1, 2),
    decided as (
      select d."conversationId" as id, ${dayOf(sql`d."createdAt"`)} as day, bool_or(d.outcome = 'escalate') as escalated,
        bool_or(d.outcome in ('respond', 'suggest')) as drafted
      from "Decision" d
      where d."clubId" = ${clubId} and d."createdAt" >= ${from} and d."createdAt" < ${until} group by 1, 2),
    merged as (
      select coalesce(w.id, s.id, d.id) as id, coalesce(w.day, s.day, d.day) as day, w.id as "wroteId", w.at, s.id as "saidId", s.at as "saidAt",
        coalesce(s.alone, 0) as alone, coalesce(s.approved, 0) as approved, coalesce(s.unchanged, 0) as unchanged, coalesce(s.staff, 0) as staff,
        coalesce(d.escalated, false) as escalated, coalesce(d.drafted, false) as drafted
      from wrote w full join said s on s.id = w.id and s.day = w.day
      full join decided d on d.id = coalesce(w.id, s.id) and d.day = coalesce(w.day, s.day))
    select max(g."wroteId") as "conversationId", max(g."saidId") as "saidId", ${isDaily ? sql`g.day` : sql`null::text`} as day,
      max(g.at) as at, max(g."saidAt") as "saidAt", bool_or(g.drafted) or sum(g.alone + g.approved) > 0 as "isCovered",
      sum(g.alone) as alone, sum(g.unchanged) as unchanged,
      case when bool_or(g.escalated) then 'handed_over'
           when sum(g.alone + g.approved) > 0 and sum(g.approved + g.staff) > 0 then 'assisted'
           when sum(g.alone) > 0 then 'auto_share'
           when sum(g.staff) > 0 then 'staff_only'
           else 'no_answer' end as road
    from merged g group by ${isDaily ? sql`grouping sets ((g.id, g.day), (g.id))` : sql`g.id`}`;
};
