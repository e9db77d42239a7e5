import "server-only";

import { ARMS } from "#server/domain/workflows/experiment.ts";
import type { ArmResult } from "#server/domain/workflows/campaign-plan.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Chosen by us: what comes later has other causes. */
const COUNTS_DAYS = 14;

/** What the written to and the held out did in the days after: one statement. A conversion is a payment, a booking or a new membership. */
export const armResults = async (tx: Tx, ctx: ServiceContext, workflowId: string): Promise<readonly ArmResult[]> => {
  const { clubId } = ctx;
  const rows = await tx.db.$queryRaw<{ arm: string; people: number; replied: number; converted: number }[]>`
    with people as (
      select distinct on (o."contactId") o."contactId" as id, o.tier as arm, coalesce(o."settledAt", o."createdAt") as since,
             coalesce(o."settledAt", o."createdAt") + make_interval(days => ${COUNTS_DAYS}::int) as until
      from "WorkflowOutcome" o
      where o."clubId" = ${clubId} and o."workflowId" = ${workflowId} and not o."isDryRun" and o.tier = any (${[...ARMS]}::text[])
        and (o.outcome in ('sent', 'unknown') or o.reason = 'held_out')
      order by o."contactId", o."createdAt", o.id)
    select p.arm, count(*)::int as people,
      count(*) filter (where exists (
        select 1 from "Conversation" v join "Message" x on x."clubId" = ${clubId} and x."conversationId" = v.id
        where v."clubId" = ${clubId} and v."contactId" = p.id and x.direction = 'inbound' and x."sentAt" > p.since and x."sentAt" <= p.until))::int as replied,
      count(*) filter (where exists (
          select 1 from "Payment" y where y."clubId" = ${clubId} and y."contactId" = p.id and y.status in ('approved', 'completed') and y.at > p.since and y.at <= p.until)
        or exists (
          select 1 from "Booking" b where b."clubId" = ${clubId} and b."contactId" = p.id and b.status in ('booked', 'attended') and b."createdAt" > p.since and b."createdAt" <= p.until)
        or exists (
          select 1 from "Member" m where m."clubId" = ${clubId} and m."contactId" = p.id and m.status <> 'cancelled' and m."createdAt" > p.since and m."createdAt" <= p.until))::int as converted
    from people p group by p.arm`;
  return ARMS.map((arm) => rows.find((row) => row.arm === arm)).flatMap((row) => {
    const arm = ARMS.find((each) => each === row?.arm);
    return row === undefined || arm === undefined ? [] : [{ ...row, arm }];
  });
};
