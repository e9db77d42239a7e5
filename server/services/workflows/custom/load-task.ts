import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { Policy } from "#server/domain/policy.ts";
import { CustomTask } from "#server/domain/workflows/custom-task.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { isOpenRun, lockRun, moveRun, settingsOfRun, type RunRow } from "#server/services/workflows/internal.ts";

type TaskCallRow = {
  readonly id: Id<"workflowCall">;
  readonly turnIndex: number;
  readonly externalId: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  readonly outcome: string;
  readonly result: unknown;
};

/** All that the next round of a task stands on. */
export type TaskSituation = {
  readonly runId: Id<"workflowRun">;
  readonly task: CustomTask;
  /** Rounds that stand in rows. */
  readonly roundCount: number;
  readonly tokens: number;
  readonly costMicros: number;
  readonly now: Date;
  readonly club: { readonly name: string; readonly timeZone: string; readonly currency: string; readonly phone: string | null };
  readonly calls: readonly TaskCallRow[];
  readonly policy: Policy;
  readonly isClubBudgetSpent: boolean;
};

/** A run that is being thought out: it goes on, nobody paused it, and its plan is not whole yet. */
export const isThinking = (run: RunRow): boolean => isOpenRun(run) && run.phase === "planning" && !run.isPaused && run.kind === "custom";

/** The task as it stands, begun where it was queued; null when there is nothing to think about now. */
export const loadTask = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<TaskSituation | null> => {
  assertCan(ctx, "workflow.work");
  return inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (!isThinking(run)) {
      return null;
    }
    if (run.status === "queued") {
      await moveRun(tx, ctx, { runId, data: { status: "running" } });
      await recordAudit(tx, ctx, { action: "workflow.acted", entityId: runId, details: { phase: "planning" } });
    }
    const calls = await callsOf(tx, ctx, runId);
    const { costMicros, inputTokens, outputTokens } = await tx.db.workflowRun.findFirstOrThrow({
      where: { id: runId, clubId: ctx.clubId },
      select: { inputTokens: true, outputTokens: true, costMicros: true },
    });
    const { policy } = await resolvedPolicy(tx, ctx);
    return {
      runId: run.id,
      task: CustomTask.parse(settingsOfRun(run)),
      roundCount: new Set(calls.map(({ turnIndex }) => turnIndex)).size,
      tokens: inputTokens + outputTokens,
      costMicros: Number(costMicros),
      now: tx.now,
      club: await tx.db.club.findFirstOrThrow({
        where: { id: ctx.clubId },
        select: { name: true, timeZone: true, currency: true, phone: true },
      }),
      calls,
      policy,
      isClubBudgetSpent: await isBudgetSpent(tx, ctx, policy),
    };
  });
};

const callsOf = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<readonly TaskCallRow[]> => {
  const rows = await tx.db.workflowCall.findMany({
    where: { clubId: ctx.clubId, workflowRunId: runId },
    orderBy: [{ round: "asc" }, { id: "asc" }],
  });
  return rows.map(({ id, round, ...call }) => ({ ...call, id: asId("workflowCall", id), turnIndex: round }));
};
