import "server-only";

import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** Why a question ended without words of the model. */
export const ASK_ENDS = ["fact_lock", "run_limit", "budget_spent", "model_failed", "crashed", "not_allowed"] as const;
export type AskEnd = (typeof ASK_ENDS)[number];

type Finish = {
  readonly turnId: string;
  readonly answer: string | null;
  readonly heldSpans?: readonly string[];
  readonly endCode: AskEnd | null;
  /** The call of the model that ended it; null where it was none. */
  readonly turn: TurnRecord | null;
};

/** Ends a turn, once. */
export const finishAskTurn = async (ctx: ServiceContext, input: Finish): Promise<void> => {
  assertCan(ctx, "agent.run");
  const { answer, endCode, heldSpans = [], turn, turnId } = input;
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.askTurn.updateMany({
      where: { id: turnId, clubId: ctx.clubId, status: { in: ["queued", "running"] } },
      data: {
        status: endCode === null || endCode === "fact_lock" ? "done" : "failed",
        answer,
        heldSpans: [...heldSpans],
        endCode,
        finishedAt: tx.now,
        ...(turn === null ? {} : { modelCallCount: { increment: 1 }, costMicros: { increment: BigInt(Math.round(turn.costMicros)) } }),
      },
    });
    if (count === 0) {
      return;
    }
    if (turn !== null) {
      await recordTurn(tx, ctx, { runId: null, purpose: "chat", turn });
    }
    await recordAudit(tx, ctx, { action: "ask.answered", entityId: turnId, details: { end: endCode ?? "answered" } });
    tx.news.changes.push({ topic: "ask" });
  });
};
