import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { storableJson } from "#server/services/agent-runs/record-tool-requests.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { mayStillAsk } from "./load-ask-turn.ts";

export type WaitingAskCall = {
  readonly id: Id<"askCall">;
  readonly turnId: Id<"askTurn">;
  readonly threadId: Id<"askThread">;
  readonly name: string;
  readonly arguments: unknown;
  /** Calls of this turn that were answered, by the name of the tool. */
  readonly callCounts: Readonly<Record<string, number>>;
  readonly mayAsk: boolean;
};

/** A request that has not been answered yet, of a turn that goes on; null otherwise. */
export const findWaitingAskCall = async (ctx: ServiceContext, { callId }: { readonly callId: string }): Promise<WaitingAskCall | null> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx) => {
    const call = await tx.db.askCall.findFirst({
      where: { id: callId, clubId: ctx.clubId, outcome: "requested", turn: { status: "running" } },
      include: { turn: { select: { threadId: true, thread: { select: { userId: true } } } } },
    });
    if (call === null) {
      return null;
    }
    const answered = await tx.db.askCall.groupBy({
      by: ["name"],
      where: { clubId: ctx.clubId, turnId: call.turnId, outcome: { not: "requested" } },
      _count: { id: true },
    });
    return {
      id: asId("askCall", call.id),
      turnId: asId("askTurn", call.turnId),
      threadId: asId("askThread", call.turn.threadId),
      name: call.name,
      arguments: call.arguments,
      callCounts: Object.fromEntries(answered.map(({ name, _count }) => [name, _count.id])),
      mayAsk: await mayStillAsk(tx, ctx, call.turn.thread.userId),
    };
  });
};

type Answer = {
  readonly callId: string;
  readonly outcome: "done" | "refused" | "failed";
  readonly result: unknown;
};

/** Stores what a call brought, once; a second answer changes nothing. */
export const answerAskCall = async (ctx: ServiceContext, { callId, outcome, result }: Answer): Promise<void> => {
  assertCan(ctx, "agent.run");
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.askCall.updateMany({
      where: { id: callId, clubId: ctx.clubId, outcome: "requested" },
      data: { outcome, result: storableJson(result), finishedAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "tool.answered", entityId: callId, details: { outcome } });
      tx.news.changes.push({ topic: "ask" });
    }
  });
};
