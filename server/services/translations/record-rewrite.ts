import "server-only";

import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

type Asked = { readonly conversationId: string; readonly turn: TurnRecord };

/** What putting a reply into other words cost; the words themselves are kept nowhere. */
export const recordRewrite = async (ctx: ServiceContext, { conversationId, turn }: Asked): Promise<void> => {
  assertCan(ctx, "conversation.reply");
  await inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "rewrite", turn });
    await recordAudit(tx, ctx, { action: "reply.rewritten", entityId: conversationId });
  });
};
