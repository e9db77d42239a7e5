import "server-only";

import type { SequenceSight, SequenceSignal, StepCondition } from "#server/domain/workflows/sequence.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** What is looked at: a person, a sequence, and from when on what they do counts. */
export type Looked = { readonly contactId: string; readonly sequence: string; readonly signalsSince: Date; readonly enteredAt: Date };

export type Seen = SequenceSight & { readonly firstName: string };

type Row = {
  readonly contactId: string;
  readonly firstName: string;
  readonly opted_out: boolean;
  readonly agent_off: boolean;
  readonly replied: boolean;
  readonly booked: boolean;
  readonly paid: boolean;
  readonly joined: boolean;
  readonly visited: boolean;
  readonly left: boolean;
  readonly wasWritten: boolean;
  readonly owes: boolean;
  readonly isStepRunning: boolean;
  readonly wasRefused: boolean;
  readonly had: readonly number[];
};

const SIGNALS = [
  "opted_out",
  "agent_off",
  "replied",
  "booked",
  "paid",
  "joined",
  "visited",
  "left",
] as const satisfies readonly SequenceSignal[];

/** What became of each of these people since: one statement, by the newest committed rows. Contacts that were archived count as gone. */
export const lookAt = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { people, workflowId }: { readonly workflowId: string; readonly people: readonly Looked[] },
): Promise<ReadonlyMap<string, Seen>> => {
  if (people.length === 0) {
    return new Map();
  }
  const rows = await tx.db.$queryRaw<Row[]>(sightQuery(ctx, workflowId, people));
  return new Map(rows.map((row) => [row.contactId, seen(row)]));
};

const seen = ({ firstName, had, isStepRunning, owes, wasRefused, wasWritten, ...row }: Row): Seen => ({
  firstName,
  isStepRunning,
  wasRefused,
  had: new Set(had),
  signals: new Set(SIGNALS.filter((signal) => row[signal])),
  holds: new Set<StepCondition>([...(wasWritten ? [] : ["not_written" as const]), ...(owes ? [] : ["owes_nothing" as const])]),
});

const LIVE = Prisma.sql`m."archivedAt" is null and m.status <> 'cancelled' and m.status <> 'in_collections'`;

const sightQuery = ({ clubId, franchiseId }: ServiceContext, workflowId: string, people: readonly Looked[]): Prisma.Sql => {
  const column = (read: (one: Looked) => string): string[] => people.map(read);
  const messages = (direction: string): Prisma.Sql => Prisma.sql`
    select 1 from "Conversation" v join "Message" x on x."clubId" = ${clubId} and x."conversationId" = v.id
    where v."clubId" = ${clubId} and v."contactId" = p.id and x.direction = ${direction}`;
  const ofWorkflow = Prisma.sql`from "WorkflowOutcome" o where o."clubId" = ${clubId} and o."contactId" = p.id and o."workflowId" = ${workflowId} and not o."isDryRun"`;
  const ofStay = Prisma.sql`${ofWorkflow} and o."createdAt" >= p.entered and o."group" = p.sequence`;
  return Prisma.sql`
    with p as (
      select * from unnest(${column((one) => one.contactId)}::text[], ${column((one) => one.sequence)}::text[],
        ${column((one) => one.signalsSince.toISOString())}::timestamptz[], ${column((one) => one.enteredAt.toISOString())}::timestamptz[])
        as t(id, sequence, since, entered)),
    records as (
      select m."contactId", bool_or(${LIVE}) as live, max(m."lastVisitAt") as visit,
             coalesce(sum(greatest(coalesce(m."balanceMinor", 0), coalesce(m."trainingBalanceMinor", 0), 0)) filter (where m."archivedAt" is null), 0) > 1 as owes,
             min(m."firstName") as name
      from p join "Member" m on m."clubId" = ${clubId} and m."contactId" = p.id group by 1)
    select p.id as "contactId",
      coalesce((select min(l."firstName") from "Prospect" l where l."clubId" = ${clubId} and l."contactId" = p.id and l."archivedAt" is null),
        records.name, c."firstName", '') as "firstName",
      exists (select 1 from "ContactIdentity" i join "Suppression" s on s."franchiseId" = ${franchiseId} and s."addressKey" = i."addressKey"
        and s."channelKind" = i."channelKind" and s."liftedAt" is null where i."clubId" = ${clubId} and i."contactId" = p.id) as opted_out,
      c."isAgentOff" or c."archivedAt" is not null as agent_off,
      exists (${messages("inbound")} and x."sentAt" > p.since) as replied,
      exists (select 1 from "Booking" b where b."clubId" = ${clubId} and b."contactId" = p.id and b.status in ('booked', 'attended')
        and (b."startsAt" > p.since or b."createdAt" > p.since)) as booked,
      exists (select 1 from "Payment" y where y."clubId" = ${clubId} and y."contactId" = p.id and y.status in ('approved', 'completed') and y.at > p.since) as paid,
      coalesce(records.live, false) as joined,
      coalesce(records.visit > p.since, false) as visited,
      not coalesce(records.live, false) as left,
      exists (${messages("outbound")}) as "wasWritten",
      coalesce(records.owes, false) as owes,
      exists (select 1 ${ofWorkflow} and o."effectId" is not null and o.outcome in ('planned', 'deferred', 'needs_approval', 'unknown')) as "isStepRunning",
      exists (select 1 ${ofStay} and o.outcome in ('suppressed', 'failed')) as "wasRefused",
      array(select distinct split_part(o.tier, ':', 2)::int ${ofStay} and o."effectId" is not null and o.tier like '%:%') as had
    from p join "Contact" c on c."clubId" = ${clubId} and c.id = p.id left join records on records."contactId" = p.id`;
};
