import "server-only";

import { OPEN_OUTCOMES } from "#server/domain/workflows/outcomes.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { SettledOutcome } from "#server/services/workflows/define.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import type { RunRow } from "#server/services/workflows/internal.ts";

type Settled = SettledOutcome & { readonly isEnd: boolean };

/**
 * The end of an outcome follows from the effect's: one statement for the whole run. Planned and not before a time is deferred,
 * planned and unapproved waits for a person, and what was dropped because the run was stopped is not held against anybody.
 */
export const settleOutcomes = async (tx: ServiceTx, ctx: ServiceContext, run: Pick<RunRow, "id" | "kind">): Promise<readonly Settled[]> => {
  const rows = await tx.db.$queryRaw<Settled[]>`
    update "WorkflowOutcome" o set outcome = n.state, reason = coalesce(n.why, o.reason), "deferredUntil" = n.until, "updatedAt" = ${tx.now},
      "settledAt" = case when n.ends then ${tx.now}::timestamptz end
    from (
      select w.id,
        case when e.status = 'confirmed' then case when w.action = 'message' then 'sent' else 'done' end
             when e.status = 'failed' then 'failed'
             when e.status = 'dropped' then case when e."failureKind" = 'run_stopped' then 'cancelled' else 'suppressed' end
             when e.status in ('unknown', 'needs_human') then 'unknown'
             when e.status = 'planned' and e."needsApproval" and e."approvedById" is null then 'needs_approval'
             when e.status in ('planned', 'approved') and e."notBefore" > ${tx.now} then 'deferred'
             else w.outcome end as state,
        case when e.status = 'failed' then coalesce(e."failureKind", 'vendor_failed')
             when e.status = 'dropped' then case when e."failureKind" = 'run_stopped' then 'stopped' else coalesce(e."failureKind", 'dropped') end
             when e.status in ('unknown', 'needs_human') then 'nobody_knows'
             when e.status = 'planned' and e."needsApproval" and e."approvedById" is null then 'waits_for_person'
             when e.status in ('planned', 'approved') and e."notBefore" > ${tx.now} then coalesce(e."failureKind", case when e."postponedCount" > 0 then 'vendor_busy' else 'waits_for_hour' end)
             end as why,
        case when e.status in ('planned', 'approved') and e."notBefore" > ${tx.now} then e."notBefore" end as until,
        e.status in ('confirmed', 'failed', 'dropped') as ends
      from "WorkflowOutcome" w join "Effect" e on e.id = w."effectId" and e."clubId" = w."clubId"
      where w."clubId" = ${ctx.clubId} and w."workflowRunId" = ${run.id} and w.outcome = any (${[...OPEN_OUTCOMES]}::text[])
    ) n
    where o.id = n.id and o."clubId" = ${ctx.clubId} and (o.outcome is distinct from n.state or o."deferredUntil" is distinct from n.until)
    returning o.id, o."contactId", o."memberId", o.action, o.tier, o."amountMinor", o.outcome, o.reason, o."effectId", n.ends as "isEnd"`;
  const ended = rows.filter(({ isEnd }) => isEnd);
  if (ended.length > 0) {
    await specOf(run.kind).onSettled(tx, ctx, ended);
  }
  return ended;
};
