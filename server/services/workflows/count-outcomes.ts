import "server-only";

import type { OutcomeState } from "#server/domain/workflows/outcomes.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type Counts = Readonly<Record<string, Partial<Readonly<Record<OutcomeState, number>>>>>;

type Left = {
  readonly planned: number;
  readonly deferred: number;
  readonly waiting: number;
  readonly unknown: number;
  readonly nextAt: Date | null;
};

/** Outcomes by group and state, and what is left to be done. */
export const countOutcomes = async (
  tx: Tx,
  ctx: ServiceContext,
  runId: string,
): Promise<{ readonly counts: Counts; readonly left: Left }> => {
  const rows = await tx.db.$queryRaw<{ group: string; outcome: OutcomeState; count: number; nextAt: Date | null }[]>`
    select coalesce("group", 'none') as "group", outcome, count(*)::int as count, min("deferredUntil") as "nextAt"
    from "WorkflowOutcome" where "clubId" = ${ctx.clubId} and "workflowRunId" = ${runId} group by 1, 2`;
  const counts: Record<string, Partial<Record<OutcomeState, number>>> = {};
  for (const { count, group, outcome } of rows) {
    counts[group] = { ...counts[group], [outcome]: count };
  }
  const of = (state: OutcomeState): number => rows.reduce((sum, row) => sum + (row.outcome === state ? row.count : 0), 0);
  const next = rows.flatMap(({ nextAt, outcome }) => (outcome === "deferred" && nextAt !== null ? [nextAt.getTime()] : []));
  return {
    counts,
    left: {
      planned: of("planned"),
      deferred: of("deferred"),
      waiting: of("needs_approval"),
      unknown: of("unknown"),
      nextAt: next.length === 0 ? null : new Date(Math.min(...next)),
    },
  };
};
