import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { storableJson, storableText } from "#server/services/agent-runs/record-tool-requests.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export type AskRequest = {
  readonly externalId: string;
  readonly name: string;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  /** Null for what is no request that could run. */
  readonly summary: string | null;
};

type Round = {
  readonly turnId: Id<"askTurn">;
  readonly round: number;
  readonly requests: readonly AskRequest[];
  readonly turn: TurnRecord;
};

/**
 * Stores what the model asked for before anything of it runs, with what the asking cost. A round is written once: whoever
 * comes second takes what stands there.
 */
export const recordAskRound = async (ctx: ServiceContext, input: Round): Promise<readonly Id<"askCall">[]> => {
  assertCan(ctx, "agent.run");
  const { requests, round, turn, turnId } = input;
  return inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.askTurn.updateMany({
      where: { id: turnId, clubId: ctx.clubId, status: "running", modelCallCount: round },
      data: { modelCallCount: round + 1, costMicros: { increment: BigInt(Math.round(turn.costMicros)) } },
    });
    if (count > 0) {
      await tx.db.askCall.createMany({
        data: requests.map((request) => ({
          id: newId("askCall"),
          franchiseId: ctx.franchiseId,
          clubId: ctx.clubId,
          turnId,
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
      await recordTurn(tx, ctx, { runId: null, purpose: "chat", turn });
      await recordAudit(tx, ctx, { action: "tool.requested", entityId: turnId, details: { count: requests.length } });
      tx.news.changes.push({ topic: "ask" });
    }
    const rows = await tx.db.askCall.findMany({
      where: { clubId: ctx.clubId, turnId, round },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    return rows.map(({ id }) => asId("askCall", id));
  });
};
