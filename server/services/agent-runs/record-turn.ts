import "server-only";

import type { SentPrompt } from "#server/domain/prompt-view.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

import { recordPrompt } from "./record-prompt.ts";

/** What one model call cost. */
export type TurnRecord = {
  readonly model: string;
  readonly promptVersion: string;
  readonly stopReason: string | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  readonly costMicros: number;
  readonly latencyMs: number;
  readonly externalRequestId: string | null;
  readonly errorKind: string | null;
};

type Input = {
  /** Null where the call was not about one message of the inbox. */
  readonly runId: string | null;
  readonly purpose?: "answer" | "summary" | "review" | "test" | "replay" | "workflow" | "chat" | "translation" | "rewrite" | "questions";
  readonly turn: TurnRecord;
  /** What it was sent, kept for the page of the run; left out where nothing was sent, or no run has a page. */
  readonly prompt?: SentPrompt | null;
};

/** Writes the cost of one model call of a run; the budgets count these rows. */
export const recordTurn = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { prompt = null, purpose = "answer", runId, turn }: Input,
): Promise<void> => {
  const turnId = newId("modelTurn");
  await tx.db.modelTurn.createMany({
    data: {
      id: turnId,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      agentRunId: runId,
      purpose,
      ...turn,
      costMicros: BigInt(Math.round(turn.costMicros)),
      createdAt: tx.now,
    },
  });
  if (prompt !== null && runId !== null) {
    await recordPrompt(tx, ctx, { runId, turnId, prompt });
  }
};
