import "server-only";

import { storableJson } from "#server/services/agent-runs/record-tool-requests.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { lockRun, moveRun } from "#server/services/workflows/internal.ts";
import { endRun } from "#server/services/workflows/stop-run.ts";

import { isThinking } from "./load-task.ts";
import { addTurn } from "./record-task-round.ts";
import type { Thinking } from "./thinking.ts";

type Finish = Thinking & {
  readonly runId: string;
  /** The call of the model that ended it; null where it was none. */
  readonly turn: TurnRecord | null;
};

/**
 * The task is thought out, once: what was planned so far goes on to its yes, also where a bound ended it. A run whose model gave nothing
 * has failed, with a card.
 */
export const finishTask = async (ctx: ServiceContext, { runId, turn, ...thinking }: Finish): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (turn !== null) {
      await addTurn(tx, ctx, { runId, turn });
    }
    if (!isThinking(run)) {
      return;
    }
    const subjectCount = await tx.db.workflowOutcome.count({ where: { clubId: ctx.clubId, workflowRunId: runId } });
    await recordAudit(tx, ctx, { action: "workflow.planned", entityId: runId, details: { subjectCount, end: thinking.end ?? "said" } });
    if (thinking.end === "model_failed" && subjectCount === 0) {
      await tx.db.workflowRun.updateMany({ where: { id: runId, clubId: ctx.clubId }, data: { thinking: storableJson(thinking) } });
      await endRun(tx, ctx, { run, status: "failed", detail: "model_unreachable", endedById: null });
      await raiseAlert(tx, ctx, {
        kind: "workflow_failures",
        severity: "warning",
        key: `workflow-failures:${run.workflowId}`,
        title: `${run.name}: it could not be thought out`,
        detail: "The model could not be reached or gave no usable answer. Nothing was done; the next run tries again.",
      });
      return;
    }
    await moveRun(tx, ctx, {
      runId,
      data: { thinking: storableJson(thinking), subjectCount, phase: "approving" },
      step: { name: "planned", detail: `${subjectCount}` },
    });
  });
};
