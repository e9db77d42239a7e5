import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export type RequestedTool = {
  /** The id the model gave its request. */
  readonly externalId: string;
  readonly name: string;
  readonly risk: string;
  /** As the model wrote them; checked by the tool when it runs. */
  readonly arguments: unknown;
  readonly argumentsHash: string;
};

export type ToolRequests = {
  readonly runId: Id<"agentRun">;
  readonly fencingToken: string;
  readonly turnIndex: number;
  readonly requests: readonly RequestedTool[];
  readonly turn: TurnRecord;
};

/**
 * Stores what the model asked for before anything of it runs, with what the asking cost. The same answer stored twice
 * is one. @throws `conflict` when another run took over meanwhile
 */
export const recordToolRequests = async (ctx: ServiceContext, input: ToolRequests): Promise<readonly Id<"toolCall">[]> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const [run] = await tx.db.$queryRaw<{ id: string }[]>`
      select id from "AgentRun" where id = ${input.runId} and "clubId" = ${ctx.clubId} and status = 'running'
        and "fencingToken" = ${BigInt(input.fencingToken)} for update`;
    if (run === undefined) {
      throw new DomainError("conflict", "another run has taken this message over");
    }
    const { count } = await tx.db.toolCall.createMany({
      data: input.requests.map((request) => ({
        id: newId("toolCall"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        agentRunId: input.runId,
        turnIndex: input.turnIndex,
        externalId: request.externalId,
        name: request.name,
        risk: request.risk,
        arguments: JSON.parse(JSON.stringify(request.arguments ?? {})),
        argumentsHash: request.argumentsHash,
        outcome: "requested",
        createdAt: tx.now,
      })),
      skipDuplicates: true,
    });
    if (count > 0) {
      await recordTurn(tx, ctx, { runId: input.runId, turn: input.turn });
      await recordAudit(tx, ctx, { action: "tool.requested", entityId: input.runId, details: { count } });
    }
    const rows = await tx.db.toolCall.findMany({
      where: { clubId: ctx.clubId, agentRunId: input.runId, turnIndex: input.turnIndex },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    return rows.map(({ id }) => id as Id<"toolCall">);
  });
};
