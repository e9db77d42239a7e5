import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { SentPrompt } from "#server/domain/prompt-view.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
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
  /** What the call behind `turn` was sent. */
  readonly prompt?: SentPrompt | null;
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
        externalId: storableText(request.externalId),
        name: storableText(request.name),
        risk: request.risk,
        arguments: storableJson(request.arguments),
        argumentsHash: request.argumentsHash,
        outcome: "requested",
        createdAt: tx.now,
      })),
      skipDuplicates: true,
    });
    if (count > 0) {
      await recordTurn(tx, ctx, { runId: input.runId, turn: input.turn, prompt: input.prompt ?? null });
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

/** Chosen by us: longer than any call that a tool takes; what was asked for stays visible. */
const ARGUMENTS_MAX_CHARACTERS = 10_000;
const NAME_MAX_CHARACTERS = 200;

/** A model may write what PostgreSQL keeps in no text: NUL, and halves of surrogate pairs. */
export const storableText = (text: string): string => stripInvisible(text).slice(0, NAME_MAX_CHARACTERS);

export const storableJson = (value: unknown): Prisma.InputJsonValue => {
  const json = JSON.stringify(value ?? {}) ?? "{}";
  return json.length > ARGUMENTS_MAX_CHARACTERS
    ? { cut: stripUnstorable(json.slice(0, NAME_MAX_CHARACTERS)) }
    : JSON.parse(stripUnstorable(json), (key: string, entry: unknown) => (KEYS_OF_NO_ARGUMENT.has(key) ? undefined : entry));
};

/** Keys that change what an object is where it is copied: the database client breaks on them. */
const KEYS_OF_NO_ARGUMENT: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** As they stand in JSON: NUL and lone surrogates are always escaped, and an escaped backslash before them makes them plain words. */
const stripUnstorable = (json: string): string => json.replace(/(?<=(?:^|[^\\])(?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, "");
