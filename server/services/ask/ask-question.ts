import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { cleanInbound } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { QUESTION_MAX_CHARACTERS, TURN_STALE_MINUTES } from "./limits.ts";

export const AskQuestionInput = z.object({ question: z.string().trim().min(1).max(QUESTION_MAX_CHARACTERS) });

/**
 * Puts a question of a person into their own thread; it is answered outside of this request.
 * @throws `precondition_failed` while the question before is being answered
 */
export const askQuestion = async (
  ctx: ServiceContext,
  raw: z.input<typeof AskQuestionInput>,
): Promise<{ readonly turnId: Id<"askTurn"> }> => {
  assertCan(ctx, "ask.use");
  const question = cleanInbound(AskQuestionInput.parse(raw).question).text.trim();
  const userId = staffUserId(ctx);
  if (userId === null || question === "") {
    throw new DomainError("invalid", "there is no question");
  }
  return inTransaction(ctx, async (tx) => {
    const threadId = await lockThread(tx, ctx, userId);
    await endStale(tx, ctx, threadId);
    const newest = await tx.db.askTurn.findFirst({
      where: { clubId: ctx.clubId, threadId },
      orderBy: { number: "desc" },
      select: { number: true, status: true },
    });
    if (newest?.status === "queued" || newest?.status === "running") {
      throw new DomainError("precondition_failed", "the question before is still being answered");
    }
    const turnId = newId("askTurn");
    await tx.db.askTurn.createMany({
      data: {
        id: turnId,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        threadId,
        number: (newest?.number ?? 0) + 1,
        question,
        status: "queued",
        heldSpans: [],
        createdAt: tx.now,
      },
    });
    await tx.db.askThread.updateMany({ where: { id: threadId, clubId: ctx.clubId }, data: { updatedAt: tx.now } });
    await recordAudit(tx, ctx, { action: "ask.asked", entityId: turnId, details: {} });
    tx.news.changes.push({ topic: "ask", event: { name: "ask/question.asked", data: { turnId } } });
    return { turnId };
  });
};

/** Questions of one person come one after the other, also from two windows. */
const lockThread = async (tx: ServiceTx, ctx: ServiceContext, userId: string): Promise<string> => {
  await tx.db.askThread.createMany({
    data: {
      id: newId("askThread"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      userId,
      createdAt: tx.now,
      updatedAt: tx.now,
    },
    skipDuplicates: true,
  });
  const [thread] = await tx.db.$queryRaw<{ id: string }[]>`
    select id from "AskThread" where "clubId" = ${ctx.clubId} and "userId" = ${userId} for update`;
  if (thread === undefined) {
    throw new DomainError("conflict", "the thread cannot be written to just now");
  }
  return thread.id;
};

/** What broke off without a word, such as in an engine that lost it, does not stand in the way for ever. */
const endStale = async (tx: ServiceTx, ctx: ServiceContext, threadId: string): Promise<void> => {
  await tx.db.askTurn.updateMany({
    where: {
      clubId: ctx.clubId,
      threadId,
      status: { in: ["queued", "running"] },
      createdAt: { lt: new Date(tx.now.getTime() - TURN_STALE_MINUTES * 60_000) },
    },
    data: { status: "failed", endCode: "crashed", finishedAt: tx.now },
  });
};
