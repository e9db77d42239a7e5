import "server-only";

import { DURABLE_DAYS, LOOK_BACK_DAYS } from "#server/domain/metrics/assumptions.ts";
import { shifted } from "#server/domain/metrics/period.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { IS_ALONE, WENT_OUT } from "./answering-rows.ts";
import { daysAfter, type Scope } from "./scope.ts";

const { sql } = Prisma;

/** Thanks, praise, reactions and machines ask for nothing. */
const NEEDED_SOMETHING = sql`d.outcome <> 'wait' and d.category not in ('praise', 'confirmation')
  and not (d.outcome = 'ignore' and d.reasons ?| array['tap_back', 'auto_reply', 'spam', 'empty_message', 'opted_out'])`;

/**
 * What was settled in the week-late period, by whom, whether it stayed so, and how many seconds it had taken. Of each conversation the last
 * time counts; one that Spotter answered and a person closed stands for both. The messages around are read once for all conversations:
 * looking each of them up by itself took ten times as long.
 */
export const settlingRows = ({ clubId, window }: Scope): Prisma.Sql => {
  const { from, until } = shifted(window, DURABLE_DAYS);
  const [first, last] = [daysAfter(from, -LOOK_BACK_DAYS), daysAfter(until, DURABLE_DAYS)];
  return sql`
    with settled as (
      select m."conversationId" as id, 'agent' as who, max(m."receivedAt") as at from "Message" m
      join "Effect" e on e.id = m."effectId" and e."clubId" = ${clubId}
      where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound' and ${WENT_OUT}
        and ${IS_ALONE}
      group by 1
      union all
      select m."conversationId", 'staff', max(m."receivedAt") from "Message" m
      where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'event' and m."eventCode" = 'resolved'
      group by 1),
    spans as (
      select s.*, s.at - make_interval(days => ${LOOK_BACK_DAYS}::int) as since, s.at + make_interval(days => ${DURABLE_DAYS}::int) as til from settled s),
    around as (
      select m."conversationId" as id, m."receivedAt" as at,
        case when m.direction = 'event' then m."eventCode" when m.direction = 'inbound' then 'inbound' else 'staff' end as kind
      from "Message" m
      where m."clubId" = ${clubId} and m."receivedAt" >= ${first} and m."receivedAt" <= ${last}
        and (m.direction = 'inbound' or (m.direction = 'outbound' and m.author = 'staff')
          or (m.direction = 'event' and m."eventCode" in ('resolved', 'reopened')))
      union all
      select d."conversationId", d."createdAt", 'needed' from "Decision" d
      where d."clubId" = ${clubId} and d."createdAt" >= ${from} and d."createdAt" <= ${last} and ${NEEDED_SOMETHING}),
    closings as (
      select s.id, s.who, max(n.at) as at from spans s join around n on n.id = s.id
      where n.kind = 'resolved' and n.at < s.at and n.at >= s.since group by 1, 2),
    judged as (
      select s.id, s.who, s.at,
        coalesce(bool_or(n.at > s.at and n.at <= s.til and (n.kind in ('needed', 'reopened') or (n.kind = 'staff' and s.who = 'agent'))), false) as "cameBack",
        min(n.at) filter (where n.kind = 'inbound' and n.at <= s.at and n.at > coalesce(c.at, s.since)) as began
      from spans s left join closings c on c.id = s.id and c.who = s.who left join around n on n.id = s.id
      group by s.id, s.who, s.at)
    select j.id as "conversationId", j.who, j.at, j."cameBack", extract(epoch from j.at - j.began)::float8 as seconds from judged j`;
};
