import "server-only";

import { ARMS } from "#server/domain/workflows/experiment.ts";
import { RESPONSE_DAYS, type ArmResult } from "#server/domain/workflows/campaign-plan.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** With what is known of the messages themselves; of whom nobody wrote to all of that is 0. */
export type ArmFigures = ArmResult & {
  readonly delivered: number;
  /** The vendor said that it did not arrive. */
  readonly undelivered: number;
  readonly optedOut: number;
};

/**
 * What the written to and the held out did in the days after: one statement. A conversion is a payment, a booking or a new membership.
 * The conditions speak of a person `p` with `id`, `since` and `until`.
 */
export const responses = (clubId: string) => ({
  replied: Prisma.sql`exists (
    select 1 from "Conversation" v join "Message" x on x."clubId" = ${clubId} and x."conversationId" = v.id
    where v."clubId" = ${clubId} and v."contactId" = p.id and x.direction = 'inbound' and x."sentAt" > p.since and x."sentAt" <= p.until)`,
  paid: Prisma.sql`exists (
    select 1 from "Payment" y where y."clubId" = ${clubId} and y."contactId" = p.id and y.status in ('approved', 'completed') and y.at > p.since and y.at <= p.until)`,
  booked: Prisma.sql`exists (
    select 1 from "Booking" b where b."clubId" = ${clubId} and b."contactId" = p.id and b.status in ('booked', 'attended') and b."createdAt" > p.since and b."createdAt" <= p.until)`,
  joined: Prisma.sql`exists (
    select 1 from "Member" m where m."clubId" = ${clubId} and m."contactId" = p.id and m.status <> 'cancelled' and m."createdAt" > p.since and m."createdAt" <= p.until)`,
});

export const armResults = async (tx: Tx, ctx: ServiceContext, workflowId: string): Promise<readonly ArmFigures[]> => {
  const { clubId, franchiseId } = ctx;
  const { booked, joined, paid, replied } = responses(clubId);
  const message = (status: string): Prisma.Sql => Prisma.sql`exists (
    select 1 from "Message" x where x."clubId" = ${clubId} and x."effectId" = p."effectId" and x.status = ${status})`;
  const rows = await tx.db.$queryRaw<(Omit<ArmFigures, "arm"> & { readonly arm: string })[]>`
    with people as (
      select distinct on (o."contactId") o."contactId" as id, o.tier as arm, o."effectId", coalesce(o."settledAt", o."createdAt") as since,
             coalesce(o."settledAt", o."createdAt") + make_interval(days => ${RESPONSE_DAYS}::int) as until
      from "WorkflowOutcome" o
      where o."clubId" = ${clubId} and o."workflowId" = ${workflowId} and not o."isDryRun" and o.tier = any (${[...ARMS]}::text[])
        and (o.outcome in ('sent', 'unknown') or o.reason = 'held_out')
      order by o."contactId", o."createdAt", o.id)
    select p.arm, count(*)::int as people,
      count(*) filter (where ${message("delivered")})::int as delivered, count(*) filter (where ${message("failed")})::int as undelivered,
      count(*) filter (where ${replied})::int as replied,
      count(*) filter (where ${paid} or ${booked} or ${joined})::int as converted,
      count(*) filter (where exists (
        select 1 from "ContactIdentity" i join "Suppression" s on s."franchiseId" = ${franchiseId} and s."addressKey" = i."addressKey" and s."channelKind" = i."channelKind"
        where i."clubId" = ${clubId} and i."contactId" = p.id and s."createdAt" > p.since and s."createdAt" <= p.until))::int as "optedOut"
    from people p group by p.arm`;
  return ARMS.map((arm) => rows.find((row) => row.arm === arm)).flatMap((row) => {
    const arm = ARMS.find((each) => each === row?.arm);
    return row === undefined || arm === undefined ? [] : [{ ...row, arm }];
  });
};
