import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** A run that has not finished by then has crashed and may be claimed again: longer than the slowest thought. */
export const RUN_LEASE_SECONDS = 90;

export type ClaimInput = { readonly conversationId: Id<"conversation">; readonly messageId: Id<"message">; readonly inngestRunId: string };

export type Claim =
  | { readonly kind: "claimed"; readonly runId: Id<"agentRun">; readonly fencingToken: string }
  | { readonly kind: "taken" | "done" | "not_newest" | "gone" };

/**
 * Makes one run the only one that acts on a message. A message that is no longer the newest of its burst is left to
 * the run of the newest. The claim on this row, not the engine, is what keeps a message from being answered twice.
 */
export const claimRun = async (ctx: ServiceContext, input: ClaimInput): Promise<Claim> => {
  assertCan(ctx, "agent.run");
  return inTransaction(ctx, async (tx): Promise<Claim> => {
    const [state] = await tx.db.$queryRaw<{ sequence: number; inboundSequence: number }[]>`
      select m.sequence, c."inboundSequence" from "Conversation" c
      join "Message" m on m."conversationId" = c.id and m."clubId" = c."clubId" and m.id = ${input.messageId}
      where c.id = ${input.conversationId} and c."clubId" = ${ctx.clubId} for update of c`;
    if (state === undefined) {
      return { kind: "gone" };
    }
    if (state.sequence !== state.inboundSequence) {
      await tx.db.message.updateMany({
        where: { id: input.messageId, clubId: ctx.clubId, agentProcessedAt: null },
        data: { agentProcessedAt: tx.now, agentOutcome: "wait" },
      });
      return { kind: "not_newest" };
    }
    const leaseUntil = new Date(tx.now.getTime() + RUN_LEASE_SECONDS * 1_000);
    const id = newId("agentRun");
    const { count } = await tx.db.agentRun.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId: input.conversationId,
        messageId: input.messageId,
        inboundSequence: state.inboundSequence,
        status: "running",
        leaseUntil,
        inngestRunId: input.inngestRunId,
        startedAt: tx.now,
      },
      skipDuplicates: true,
    });
    tx.news.changes.push({ topic: "conversation", conversationId: input.conversationId });
    if (count === 1) {
      await recordAudit(tx, ctx, { action: "run.started", entityId: id });
      return { kind: "claimed", runId: id, fencingToken: "1" };
    }
    const [again] = await tx.db.$queryRaw<{ id: string; fencingToken: bigint }[]>`
      update "AgentRun" set status = 'running', "leaseUntil" = ${leaseUntil}, "fencingToken" = "fencingToken" + 1,
             "inngestRunId" = ${input.inngestRunId}, "inboundSequence" = ${state.inboundSequence}, "startedAt" = ${tx.now}, "finishedAt" = null
      where "clubId" = ${ctx.clubId} and "conversationId" = ${input.conversationId} and "messageId" = ${input.messageId}
        and (status = 'queued' or (status = 'running' and ("leaseUntil" < ${tx.now} or "inngestRunId" = ${input.inngestRunId})))
      returning id, "fencingToken"`;
    if (again === undefined) {
      const ended = await tx.db.agentRun.count({ where: { clubId: ctx.clubId, messageId: input.messageId, status: { not: "running" } } });
      return { kind: ended > 0 ? "done" : "taken" };
    }
    return { kind: "claimed", runId: again.id as Id<"agentRun">, fencingToken: String(again.fencingToken) };
  });
};
