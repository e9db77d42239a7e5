import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { cleanInbound } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { keepCorrection } from "#server/services/examples/keep-correction.ts";
import { BETTER_ANSWER_MAX_CHARACTERS, LOW_SCORE } from "#server/services/examples/limits.ts";
import { z } from "zod";

const MAX_COMMENT_LENGTH = 2_000;
/** After a score up to this one, or a better answer, it is looked at whether the topic may go on alone. */
const WRONG_SCORE = 2;
const ANSWER_CORRECTED = "learning/answer.corrected";

/** So low a score overrules an answer: it counts as corrected where an automation gave it. */
const WRONG_SCORE_MAX = 2;

export const RateMessageInput = z
  .object({
    messageId: idSchema("message"),
    /** 1 = wrong, 5 = could not be better. */
    score: z.int().min(1).max(5),
    comment: z.string().trim().max(MAX_COMMENT_LENGTH).optional(),
    /** What should have been sent; proposed to the owner as an example. */
    betterAnswer: z.string().trim().max(BETTER_ANSWER_MAX_CHARACTERS).optional(),
  })
  .refine(({ betterAnswer, score }) => (betterAnswer ?? "") === "" || score <= LOW_SCORE, {
    error: `a better answer goes with a score of 1 to ${LOW_SCORE}`,
    path: ["betterAnswer"],
  });

/** Keeps how one person scored an answer of the agent; scoring it again replaces the score. @throws `not_found` for anything else than an answer of the agent */
export const rateMessage = async (ctx: ServiceContext, raw: z.input<typeof RateMessageInput>): Promise<void> => {
  assertCan(ctx, "message.rate");
  const { messageId, score, comment, betterAnswer = "" } = RateMessageInput.parse(raw);
  if (ctx.actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person rates an answer");
  }
  const { userId } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    const message = await tx.db.message.findFirst({
      where: { id: messageId, clubId: ctx.clubId, direction: "outbound", author: { in: ["agent", "workflow"] } },
      select: { id: true, body: true, conversationId: true, effectId: true },
    });
    if (message === null) {
      throw notFound("message");
    }
    await tx.db.$executeRaw`
      insert into "Rating" (id, "franchiseId", "clubId", "messageId", "userId", score, comment, "createdAt")
      values (${newId("rating")}, ${ctx.franchiseId}, ${ctx.clubId}, ${messageId}, ${userId}, ${score}, ${comment === "" ? null : (comment ?? null)}, ${tx.now})
      on conflict ("clubId", "messageId", "userId")
      do update set score = excluded.score, comment = excluded.comment, "createdAt" = excluded."createdAt"`;
    if (betterAnswer !== "") {
      await learn(tx, ctx, { message, betterBody: cleanInbound(betterAnswer).text });
    }
    if (message.effectId !== null && score <= WRONG_SCORE_MAX) {
      await tx.db.automationUse.updateMany({
        where: { clubId: ctx.clubId, effectId: message.effectId, correctedAt: null },
        data: { correctedAt: tx.now, updatedAt: tx.now },
      });
    }
    if (score <= WRONG_SCORE || betterAnswer !== "") {
      tx.news.changes.push({ topic: "learning", event: { name: ANSWER_CORRECTED, data: { messageId } } });
    }
    await recordAudit(tx, ctx, { action: "message.rated", entityId: messageId, details: { score, isCorrected: betterAnswer !== "" } });
  });
};

type Better = {
  readonly message: { readonly id: string; readonly body: string; readonly conversationId: string; readonly effectId: string | null };
  readonly betterBody: string;
};

const learn = async (tx: ServiceTx, ctx: ServiceContext, { betterBody, message }: Better): Promise<void> => {
  const { body, conversationId, effectId, id } = message;
  if (effectId === null) {
    return;
  }
  const { contactId, decisionId } = await tx.db.effect.findFirstOrThrow({
    where: { id: effectId, clubId: ctx.clubId },
    select: { contactId: true, decisionId: true },
  });
  await keepCorrection(tx, ctx, { effectId, decisionId, conversationId, contactId, messageId: id, draftBody: body, betterBody });
};
