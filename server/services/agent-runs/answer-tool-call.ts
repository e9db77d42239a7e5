import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export type WaitingToolCall = { readonly id: Id<"toolCall">; readonly name: string; readonly risk: string; readonly arguments: unknown };

/** A request of the model that has not been answered yet; null when it has been. */
export const findWaitingToolCall = async (
  ctx: ServiceContext,
  { toolCallId, runId }: { readonly toolCallId: string; readonly runId: string },
): Promise<WaitingToolCall | null> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const row = await tx.db.toolCall.findFirst({
      where: { id: toolCallId, clubId: ctx.clubId, agentRunId: runId, outcome: "requested", run: { status: "running" } },
      select: { id: true, name: true, risk: true, arguments: true },
    });
    return row === null ? null : { ...row, id: row.id as Id<"toolCall"> };
  });
};

export type ToolAnswer = {
  readonly toolCallId: string;
  readonly outcome: "done" | "refused" | "failed";
  /** Small: counts and a sample, never a list of thousands. */
  readonly result: Prisma.InputJsonValue;
};

/** Stores what a tool call brought, once; a second answer changes nothing. */
export const answerToolCall = async (ctx: ServiceContext, { toolCallId, outcome, result }: ToolAnswer): Promise<void> => {
  assertCan(ctx, "agent.run");
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.toolCall.updateMany({
      where: { id: toolCallId, clubId: ctx.clubId, outcome: "requested" },
      data: { outcome, result, finishedAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "tool.answered", entityId: toolCallId, details: { outcome } });
    }
  });
};
