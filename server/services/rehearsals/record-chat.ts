import "server-only";

import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** What a turn of the test chat cost; it counts against the club's budget like every other call. */
export const recordChat = async (ctx: ServiceContext, turn: TurnRecord): Promise<void> => {
  assertCan(ctx, "agent.rehearse");
  await inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "test", turn });
    await recordAudit(tx, ctx, { action: "rehearsal.recorded", details: { count: 1 } });
  });
};
