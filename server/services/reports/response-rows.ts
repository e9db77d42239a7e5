import "server-only";

import { LOOK_BACK_DAYS } from "#server/domain/metrics/assumptions.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { IS_ALONE, WENT_OUT } from "./answering-rows.ts";
import { daysAfter, type Scope } from "./scope.ts";

const { sql } = Prisma;

/** Each first answer of the period: whose it was, and how many seconds somebody had waited for it. */
export const responseRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  with talk as (
    select m."conversationId", m.sequence, m.direction, m."receivedAt" as at,
      case when ${IS_ALONE} then 'agent' when m.author = 'staff' or (m.author = 'agent' and m."authorUserId" is not null) then 'staff' end as who
    from "Message" m left join "Effect" e on e.id = m."effectId" and e."clubId" = ${clubId} and m.author = 'agent'
    where m."clubId" = ${clubId} and m."receivedAt" >= ${daysAfter(from, -LOOK_BACK_DAYS)} and m."receivedAt" < ${until}
      and (m.direction = 'inbound' or (m.direction = 'outbound' and m.author in ('agent', 'staff') and ${WENT_OUT}))),
  turns as (
    select t.*, lag(t.direction) over w as before from talk t where t.direction = 'inbound' or t.who is not null
    window w as (partition by t."conversationId" order by t.sequence)),
  edges as (
    select t.*, lag(t.at) over (partition by t."conversationId" order by t.sequence) as since from turns t where t.direction is distinct from t.before)
  select g."conversationId", g.at, g.who, extract(epoch from g.at - g.since)::float8 as seconds
  from edges g where g.direction = 'outbound' and g.before = 'inbound' and g.at >= ${from}`;
