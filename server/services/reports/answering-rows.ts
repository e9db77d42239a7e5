import "server-only";

import { Prisma } from "#server/platform/generated/client.ts";

import type { Scope } from "./scope.ts";

const { sql } = Prisma;

/** Went out, as far as anybody knows. */
export const WENT_OUT = sql`m.status in ('sent', 'delivered')`;

/** An answer of the agent that no person looked at. The line of a handover, and words about what a person must let happen first, are none. */
export const IS_ALONE = sql`m.author = 'agent' and m."authorUserId" is null and e.purpose = 'reply'`;

/** Which conversations somebody wrote in, and who answered there: one row each, or one for each day of the club with `isDaily`. */
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
      where d."clubId" = ${clubId} and d."createdAt" >= ${from} and d."createdAt" < ${until} group by 1, 2)
    select w.id as "conversationId", s.id as "saidId", coalesce(w.day, s.day) as day, w.at, s.at as "saidAt",
      coalesce(d.drafted, false) or coalesce(s.alone + s.approved, 0) > 0 as "isCovered",
      coalesce(s.alone, 0) as alone, coalesce(s.unchanged, 0) as unchanged,
      case when d.escalated then 'handed_over'
           when s.alone + s.approved > 0 and s.approved + s.staff > 0 then 'assisted'
           when s.alone > 0 then 'auto_share'
           when s.staff > 0 then 'staff_only'
           else 'no_answer' end as road
    from wrote w full join said s on s.id = w.id and s.day = w.day left join decided d on d.id = w.id and d.day = w.day`;
};
