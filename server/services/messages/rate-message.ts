import "server-only";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

const MAX_COMMENT_LENGTH = 2_000;

export const RateMessageInput = z.object({
  messageId: idSchema("message"),
  /** 1 = wrong, 5 = could not be better. */
  score: z.int().min(1).max(5),
  comment: z.string().trim().max(MAX_COMMENT_LENGTH).optional(),
});

/** Keeps how one person scored an answer of the agent; scoring it again replaces the score. @throws `not_found` for anything else than an answer of the agent */
export const rateMessage = async (ctx: ServiceContext, raw: z.input<typeof RateMessageInput>): Promise<void> => {
  assertCan(ctx, "message.rate");
  const { messageId, score, comment } = RateMessageInput.parse(raw);
  if (ctx.actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person rates an answer");
  }
  const { userId } = ctx.actor;
  await inTransaction(ctx, async (tx) => {
    const message = await tx.db.message.findFirst({
      where: { id: messageId, clubId: ctx.clubId, direction: "outbound", author: { in: ["agent", "workflow"] } },
      select: { id: true },
    });
    if (message === null) {
      throw notFound("message");
    }
    await tx.db.$executeRaw`
      insert into "Rating" (id, "franchiseId", "clubId", "messageId", "userId", score, comment, "createdAt")
      values (${newId("rating")}, ${ctx.franchiseId}, ${ctx.clubId}, ${messageId}, ${userId}, ${score}, ${comment === "" ? null : (comment ?? null)}, ${tx.now})
      on conflict ("clubId", "messageId", "userId")
      do update set score = excluded.score, comment = excluded.comment, "createdAt" = excluded."createdAt"`;
    await recordAudit(tx, ctx, { action: "message.rated", entityId: messageId, details: { score } });
  });
};
