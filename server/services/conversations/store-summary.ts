import "server-only";

import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export type StoreSummaryInput = {
  readonly conversationId: string;
  /** The summary this one goes on from: whoever was quicker is not overwritten. */
  readonly fromSequence: number;
  /** Null where the call brought nothing: only its cost is written. */
  readonly summary: { readonly text: string; /** Of the last message it tells of. */ readonly sequence: number } | null;
  readonly turn: TurnRecord;
};

/** Stores what was said earlier in a conversation, in a few sentences, and what making it cost. True when it was stored. */
export const storeSummary = async (ctx: ServiceContext, input: StoreSummaryInput): Promise<boolean> => {
  assertCan(ctx, "agent.run");
  const { conversationId, fromSequence, summary, turn } = input;
  return inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "summary", turn });
    if (summary === null || summary.sequence <= fromSequence) {
      return false;
    }
    const { count } = await tx.db.conversation.updateMany({
      where: { id: conversationId, clubId: ctx.clubId, summarySequence: fromSequence },
      data: { summary: summary.text, summarySequence: summary.sequence },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "conversation.summarised", entityId: conversationId, details: { sequence: summary.sequence } });
    }
    return count > 0;
  });
};
