import "server-only";

import { todayIn } from "#server/domain/calendar-date.ts";
import { CAUSE_FRESH_DAYS, type SequenceSettings } from "#server/domain/workflows/ready-sequences.ts";
import { SEQUENCES, type SequenceName } from "#server/domain/workflows/sequence.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** Somebody who may enter a sequence, and what for. */
export type Cause = {
  readonly sequence: SequenceName;
  readonly contactId: string;
  readonly causeKey: string;
  readonly signalsSince: Date;
};

/** Chosen by us: so many enter one sequence in a run; the rest is met by the next one, within the hour. */
export const ENTRANTS_MAX = 500;
const DAY_MS = 86_400_000;

type Span = { readonly clubId: string; readonly since: Date; readonly until: Date; readonly now: Date; readonly timeZone: string };

/** A live membership makes somebody a member, whatever the list of prospects says. */
const isMember = (clubId: string, contact: Prisma.Sql): Prisma.Sql => Prisma.sql`exists (
  select 1 from "Member" m where m."clubId" = ${clubId} and m."contactId" = ${contact} and m."archivedAt" is null and m.status <> 'cancelled')`;

/** Who has a cause between two instants, with the instant from which on an answer to it counts. */
const CAUSES: Readonly<Record<SequenceName, (span: Span) => Prisma.Sql>> = {
  no_show: ({ clubId, since, until }) => Prisma.sql`
    select distinct on (b."contactId") b."contactId", b.id as "causeKey", b."endsAt" as "signalsSince" from "Booking" b
    where b."clubId" = ${clubId} and b.status = 'no_show' and b."contactId" is not null and b."endsAt" > ${since} and b."endsAt" <= ${until}
    order by b."contactId", b."endsAt" desc`,
  // They wrote, the club answered, and nothing came back.
  silent_lead: ({ clubId, since, until }) => Prisma.sql`
    select distinct on (v."contactId") v."contactId", v.id || ':' || v."messageSequence" as "causeKey", v."lastMessageAt" as "signalsSince"
    from "Conversation" v
    where v."clubId" = ${clubId} and v."archivedAt" is null and v."lastMessageDirection" = 'outbound'
      and v."lastMessageAt" > ${since} and v."lastMessageAt" <= ${until}
      and exists (select 1 from "Message" m where m."clubId" = ${clubId} and m."conversationId" = v.id and m.direction = 'inbound')
      and exists (select 1 from "Prospect" p where p."clubId" = ${clubId} and p."contactId" = v."contactId" and p."archivedAt" is null)
      and not ${isMember(clubId, Prisma.sql`v."contactId"`)}
    order by v."contactId", v."lastMessageAt" desc`,
  // By the day the club's system names: a first import brings years of leads at once.
  new_lead: ({ clubId, since, timeZone, until }) => Prisma.sql`
    select distinct on (p."contactId") p."contactId", p.id as "causeKey", p."createdOn"::timestamp at time zone ${timeZone}::text as "signalsSince"
    from "Prospect" p
    where p."clubId" = ${clubId} and p."archivedAt" is null
      and p."createdOn" > ${todayIn(timeZone, since)} and p."createdOn" <= ${todayIn(timeZone, until)}
      and not ${isMember(clubId, Prisma.sql`p."contactId"`)}
    order by p."contactId", p."createdOn" desc`,
  win_back: ({ clubId, now, since, until }) => Prisma.sql`
    select m."contactId", m."contactId" || ':' || to_char(max(m."lastVisitAt") at time zone 'UTC', 'YYYY-MM-DD') as "causeKey", ${new Date(now.getTime() - DAY_MS)}::timestamptz as "signalsSince"
    from "Member" m where m."clubId" = ${clubId} and m."archivedAt" is null and m.status in ('active', 'pay_per_visit')
    group by 1 having max(m."lastVisitAt") > ${since} and max(m."lastVisitAt") <= ${until}`,
};

type Asked = {
  readonly settings: SequenceSettings;
  readonly timeZone: string;
  /** One contact alone; null = all of the club. */
  readonly only: string | null;
};

/**
 * Whoever may enter a sequence now: has a fresh cause nobody entered for, is in none, was not in this one too short a time ago, and may
 * be written to by Spotter. One statement a sequence; whoever fits two is named for the first.
 */
export const findCauses = async (tx: ServiceTx, ctx: ServiceContext, { only, settings, timeZone }: Asked): Promise<readonly Cause[]> => {
  const causes = new Map<string, Cause>();
  for (const sequence of SEQUENCES.filter((name) => settings[name].isOn)) {
    const { againAfterDays, firstAfterDays } = settings[sequence];
    const until = new Date(tx.now.getTime() - firstAfterDays * DAY_MS);
    const since = new Date(until.getTime() - CAUSE_FRESH_DAYS[sequence] * DAY_MS);
    const again = new Date(tx.now.getTime() - againAfterDays * DAY_MS);
    const cause = CAUSES[sequence]({ clubId: ctx.clubId, since, until, now: tx.now, timeZone });
    const rows = await tx.db.$queryRaw<Omit<Cause, "sequence">[]>`
      select cause.* from (${cause}) cause join "Contact" c on c."clubId" = ${ctx.clubId} and c.id = cause."contactId"
      where c."archivedAt" is null and not c."isAgentOff" ${only === null ? Prisma.empty : Prisma.sql`and c.id = ${only}`}
        and not exists (select 1 from "SequenceEnrollment" e where e."clubId" = ${ctx.clubId} and e."contactId" = cause."contactId"
          and (e.status = 'active' or (e.sequence = ${sequence} and e."enteredAt" > ${again})))
        and not exists (select 1 from "SequenceEnrollment" e where e."clubId" = ${ctx.clubId} and e.sequence = ${sequence} and e."causeKey" = cause."causeKey")
      order by cause."contactId" limit ${ENTRANTS_MAX}`;
    for (const row of rows) {
      if (!causes.has(row.contactId)) {
        causes.set(row.contactId, { ...row, sequence });
      }
    }
  }
  return [...causes.values()];
};
