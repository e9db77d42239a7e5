import "server-only";

import { isCustomTool } from "#server/domain/workflows/custom-tools.ts";
import { newId } from "#server/platform/ids.ts";
import { storableJson, storableText } from "#server/services/agent-runs/record-tool-requests.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { lockRun, moveRun } from "#server/services/workflows/internal.ts";

import { isThinking } from "./load-task.ts";

export type TaskRequest = {
  readonly externalId: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  /** Null for what is no request that could run. */
  readonly summary: string | null;
};

type Round = {
  readonly runId: string;
  readonly round: number;
  readonly requests: readonly TaskRequest[];
  readonly turn: TurnRecord;
};

/**
 * Stores what the model asked for before anything of it runs, with what the asking cost. A round is written once; of a run that was
 * stopped or paused meanwhile only the cost is.
 */
export const recordTaskRound = async (ctx: ServiceContext, { requests, round, runId, turn }: Round): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    await addTurn(tx, ctx, { runId, turn });
    const known = await tx.db.workflowCall.count({ where: { clubId: ctx.clubId, workflowRunId: runId, round } });
    if (!isThinking(run) || known > 0) {
      return;
    }
    await tx.db.workflowCall.createMany({
      data: requests.map((request) => ({
        id: newId("workflowCall"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        workflowRunId: runId,
        round,
        externalId: storableText(request.externalId),
        name: storableText(request.name),
        arguments: storableJson(request.arguments),
        argumentsHash: request.argumentsHash,
        summary: request.summary,
        outcome: "requested",
        createdAt: tx.now,
      })),
      skipDuplicates: true,
    });
    await recordAudit(tx, ctx, { action: "workflow.thought", entityId: runId, details: { round, requestCount: requests.length } });
    // The model's own words for what does not exist stand beside its call, not here.
    const tools = [...new Set(requests.map(({ name }) => (isCustomTool(name) ? name : "something unknown")))].join(", ");
    await moveRun(tx, ctx, { runId, data: {}, step: { name: "thought", detail: tools } });
  });
};

type Cost = { readonly runId: string; readonly turn: TurnRecord };

/** What one call of the model cost is the run's, whatever becomes of its answer. */
export const addTurn = async (tx: ServiceTx, ctx: ServiceContext, { runId, turn }: Cost): Promise<void> => {
  await recordTurn(tx, ctx, { runId: null, purpose: "workflow", turn });
  await tx.db.workflowRun.updateMany({
    where: { id: runId, clubId: ctx.clubId },
    data: {
      inputTokens: { increment: turn.inputTokens + turn.cacheReadTokens + turn.cacheWriteTokens },
      outputTokens: { increment: turn.outputTokens },
      costMicros: { increment: BigInt(Math.round(turn.costMicros)) },
    },
  });
};
