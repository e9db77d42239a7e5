import "server-only";

import { RESPONSE_DAYS } from "#server/domain/workflows/campaign-plan.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { responses } from "#server/services/workflows/campaign/results.ts";

/** What counts as success of a kind of work that is about a debt: money, and nothing else. */
const ABOUT_DEBT: ReadonlySet<string> = new Set(["past_due", "invoices", "escalation", "referral", "door_access"]);

type RunResponses = {
  /** People a message went to, or may have gone to. */
  readonly writtenCount: number;
  /** Of those, who wrote back within the days that count. */
  readonly answeredCount: number;
  /** Of those, who paid; for work that is not about a debt also who booked or joined. */
  readonly convertedCount: number;
  readonly conversion: "paid" | "any";
};

/** What the people a run wrote to did in the days after: one statement. */
export const runResponses = async (
  tx: Tx,
  { clubId }: Pick<ServiceContext, "clubId">,
  { kind, runId }: { readonly runId: string; readonly kind: string },
): Promise<RunResponses> => {
  const { booked, joined, paid, replied } = responses(clubId);
  const [row] = await tx.db.$queryRaw<{ written: number; answered: number; paid: number; any: number }[]>`
    with people as (
      select o."contactId" as id, coalesce(o."settledAt", o."createdAt") as since,
             coalesce(o."settledAt", o."createdAt") + make_interval(days => ${RESPONSE_DAYS}::int) as until
      from "WorkflowOutcome" o
      where o."clubId" = ${clubId} and o."workflowRunId" = ${runId} and not o."isDryRun" and o.action is not null and o.text is not null
        and o.outcome in ('sent', 'done', 'unknown'))
    select count(*)::int as written, count(*) filter (where ${replied})::int as answered, count(*) filter (where ${paid})::int as paid,
           count(*) filter (where ${paid} or ${booked} or ${joined})::int as any
    from people p`;
  const isDebt = ABOUT_DEBT.has(kind);
  return {
    writtenCount: row?.written ?? 0,
    answeredCount: row?.answered ?? 0,
    convertedCount: (isDebt ? row?.paid : row?.any) ?? 0,
    conversion: isDebt ? "paid" : "any",
  };
};
