import "server-only";

import { CREDIT_DAYS, JOIN_DAYS, REPLY_DAYS } from "#server/domain/metrics/assumptions.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { Prisma } from "#server/platform/generated/client.ts";

import { WENT_OUT } from "./answering-rows.ts";
import type { Scope } from "./scope.ts";

const { sql } = Prisma;

const days = (count: number): Prisma.Sql => sql`make_interval(days => ${count}::int)`;

/** Each reminder that went out, with the conversation it went to where it is known. */
export const reminderRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select e."conversationId", a.at, a."contactId" from "CollectionAttempt" a
  left join "Effect" e on e.id = a."effectId" and e."clubId" = ${clubId}
  where a."clubId" = ${clubId} and a.at >= ${from} and a.at < ${until} and a.tier in ('friendly', 'firm', 'final')`;

/** Each person reminded: whether they paid, and whether they wrote, after any of those reminders. */
export const remindedRows = (scope: Scope): Prisma.Sql => sql`
  select p."contactId", p.at, p."conversationId",
    exists (select 1 from (${reminderRows(scope)}) r
      where r."contactId" = p."contactId" and (
        exists (select 1 from "Payment" y where y."clubId" = ${scope.clubId} and y."contactId" = p."contactId" and y.status in ('approved', 'completed')
                and y.at > r.at and y.at <= r.at + ${days(CREDIT_DAYS)})
        or exists (select 1 from "DebtEpisode" d where d."clubId" = ${scope.clubId} and d."contactId" = p."contactId"
                and d."endedAt" > r.at and d."endedAt" <= r.at + ${days(CREDIT_DAYS)}))) as "hasPaid",
    exists (select 1 from (${reminderRows(scope)}) r
      join "Conversation" v on v."clubId" = ${scope.clubId} and v."contactId" = r."contactId"
      join "Message" x on x."clubId" = ${scope.clubId} and x."conversationId" = v.id and x.direction = 'inbound'
      where r."contactId" = p."contactId" and x."receivedAt" > r.at and x."receivedAt" <= r.at + ${days(REPLY_DAYS)}) as "hasAnswered"
  from (select distinct on (q."contactId") q.* from (${reminderRows(scope)}) q order by q."contactId", q.at desc) p`;

/** Payments that followed a reminder of the period, each once. */
export const recoveredRows = (scope: Scope, currency: string): Prisma.Sql => sql`
  select (select v.id from "Conversation" v where v."clubId" = ${scope.clubId} and v."contactId" = y."contactId" order by v."lastMessageAt" desc limit 1)
      as "conversationId", y.at, y."amountMinor" from "Payment" y
  where y."clubId" = ${scope.clubId} and y.status in ('approved', 'completed') and y.currency = ${currency} and y.at >= ${scope.window.from}
    and exists (select 1 from (${reminderRows(scope)}) r
      where r."contactId" = y."contactId" and y.at > r.at and y.at <= r.at + ${days(CREDIT_DAYS)})`;

/** Conversations that a workflow wrote into, and whether the person wrote back. */
export const writtenRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select w.id as "conversationId", w.at, exists (
      select 1 from "Message" x where x."clubId" = ${clubId} and x."conversationId" = w.id and x.direction = 'inbound'
        and x."receivedAt" > w.at and x."receivedAt" <= w.at + ${days(REPLY_DAYS)}) as "hasAnswered"
  from (select m."conversationId" as id, max(m."receivedAt") as at from "Message" m
        where m."clubId" = ${clubId} and m."receivedAt" >= ${from} and m."receivedAt" < ${until} and m.direction = 'outbound' and m.author = 'workflow' and ${WENT_OUT}
        group by 1) w`;

/** People of campaigns with a hold-out whom the period decided about, and whether they paid, booked or joined afterwards. */
export const campaignRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select p.arm, exists (select 1 from "Payment" y where y."clubId" = ${clubId} and y."contactId" = p.id and y.status in ('approved', 'completed')
        and y.at > p.since and y.at <= p.since + ${days(CREDIT_DAYS)})
      or exists (select 1 from "Booking" b where b."clubId" = ${clubId} and b."contactId" = p.id and b.status in ('booked', 'attended')
        and b."createdAt" > p.since and b."createdAt" <= p.since + ${days(CREDIT_DAYS)})
      or exists (select 1 from "Member" m where m."clubId" = ${clubId} and m."contactId" = p.id and m.status <> 'cancelled'
        and m."createdAt" > p.since and m."createdAt" <= p.since + ${days(CREDIT_DAYS)}) as "hasConverted"
  from (
    select distinct on (o."workflowId", o."contactId") o."contactId" as id, case when o.reason = 'held_out' then 'held' else 'written' end as arm,
      coalesce(o."settledAt", o."createdAt") as since
    from "WorkflowOutcome" o
    where o."clubId" = ${clubId} and not o."isDryRun" and o."createdAt" >= ${from} and o."createdAt" < ${until}
      and (o.reason = 'held_out' or (o.tier in ('a', 'b') and o.outcome in ('sent', 'unknown')))
      and exists (select 1 from "WorkflowOutcome" h where h."clubId" = ${clubId} and h."workflowId" = o."workflowId" and h.reason = 'held_out')
    order by o."workflowId", o."contactId", o."createdAt", o.id) p`;

/** The newest message of Spotter to a contact between two instants. */
const spokenTo = (clubId: string, { contact, since, til }: Readonly<Record<"contact" | "since" | "til", Prisma.Sql>>): Prisma.Sql => sql`
  select m."conversationId" as id from "Conversation" v join "Message" m on m."clubId" = ${clubId} and m."conversationId" = v.id
  where v."clubId" = ${clubId} and v."contactId" = ${contact} and m.direction = 'outbound' and m.author in ('agent', 'workflow') and ${WENT_OUT}
    and m."receivedAt" >= ${since} and m."receivedAt" <= ${til} order by m."receivedAt" desc limit 1`;

export const tourRows = ({ clubId, timeZone, window: { from, until } }: Scope): Prisma.Sql => sql`
  select s.id as "conversationId", b."createdAt" as at from "Booking" b
  cross join lateral (${spokenTo(clubId, { contact: sql`b."contactId"`, since: sql`b."createdAt" - ${days(CREDIT_DAYS)}`, til: sql`b."createdAt"` })}) s
  where b."clubId" = ${clubId} and b."createdAt" >= ${from} and b."createdAt" < ${until} and b.kind = 'appointment' and b.status in ('booked', 'attended')
    and not exists (select 1 from "Member" k where k."clubId" = ${clubId} and k."contactId" = b."contactId" and k."archivedAt" is null
      and (k."joinedOn" is null or k."joinedOn" <= to_char(b."createdAt" at time zone ${timeZone}, 'YYYY-MM-DD')))`;

/** The day of the joining is the club's; what Spotter wrote on that very day counts. */
export const joinRows = ({ clubId, timeZone, window: { from, until } }: Scope): Prisma.Sql => {
  const dayOf = (at: Date) => formatInTimeZone(at, timeZone, "yyyy-MM-dd");
  const joined = sql`(k."joinedOn"::timestamp at time zone ${timeZone})`;
  return sql`
    select s.id as "conversationId", ${joined} as at from "Member" k
    cross join lateral (${spokenTo(clubId, { contact: sql`k."contactId"`, since: sql`${joined} - ${days(JOIN_DAYS)}`, til: sql`${joined} + ${days(1)}` })}) s
    where k."clubId" = ${clubId} and k."archivedAt" is null and k."joinedOn" >= ${dayOf(from)} and k."joinedOn" <= ${dayOf(new Date(until.getTime() - 1))}`;
};

/** Each address once, however many kinds of channel it is silenced on. A link in an e-mail belongs to no conversation. */
export const optOutRows = ({ clubId, window: { from, until } }: Scope): Prisma.Sql => sql`
  select distinct on (s."addressKey") m."conversationId", s."createdAt" as at from "Suppression" s
  left join "Message" m on m.id = s."messageId" and m."clubId" = ${clubId}
  where s."clubId" = ${clubId} and s."createdAt" >= ${from} and s."createdAt" < ${until} and s.source <> 'bounce'
  order by s."addressKey", s."createdAt"`;
