import "server-only";

import { DURABLE_DAYS, LOOK_BACK_DAYS } from "#server/domain/metrics/assumptions.ts";
import { shifted } from "#server/domain/metrics/period.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { IS_ALONE, WENT_OUT } from "./answering-rows.ts";
import type { Scope } from "./scope.ts";

const { sql } = Prisma;

/** Thanks, praise, reactions and machines ask for nothing. */
const NEEDED_SOMETHING = sql`d.outcome <> 'wait' and d.category not in ('praise', 'confirmation')
  and not (d.outcome = 'ignore' and d.reasons ?| array['tap_back', 'auto_reply', 'spam', 'empty_message', 'opted_out'])`;

/**
 * What was settled in the week-late period, by whom, whether it stayed so, and how many seconds it had taken. Of each conversation the last
 * time counts; one that Spotter answered and a person closed stands for both.
 */
export const settlingRows = ({ clubId, window }: Scope): Prisma.Sql => {
  const { from, until } = shifted(window, DURABLE_DAYS);
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
      select s.*, s.at - make_interval(days => ${LOOK_BACK_DAYS}::int) as since, s.at + make_interval(days => ${DURABLE_DAYS}::int) as til from settled s)
    select s.id as "conversationId", s.who, s.at, coalesce(l.stepped, false) or exists (
        select 1 from "Decision" d where d."clubId" = ${clubId} and d."conversationId" = s.id and d."createdAt" > s.at and d."createdAt" <= s.til
          and ${NEEDED_SOMETHING}) as "cameBack",
      extract(epoch from s.at - l.began)::float8 as seconds
    from spans s
    left join lateral (
      select bool_or(x."receivedAt" > s.at and ((x.direction = 'outbound' and x.author = 'staff' and s.who = 'agent') or x."eventCode" = 'reopened')) as stepped,
        min(x."receivedAt") filter (where x.direction = 'inbound' and x."receivedAt" <= s.at and x."receivedAt" > coalesce(x.closed, s.since)) as began
      from (select m.*, max(m."receivedAt") filter (where m."eventCode" = 'resolved' and m."receivedAt" < s.at) over () as closed from "Message" m
            where m."clubId" = ${clubId} and m."conversationId" = s.id and m."receivedAt" >= s.since and m."receivedAt" <= s.til) x) l on true`;
};
