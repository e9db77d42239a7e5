import "server-only";

import type { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { GapInput } from "./answer-gap.ts";

/** Nothing is to be written about this; the next time it is asked it is a new question. @throws `precondition_failed` when it is settled */
export const dismissGap = async (ctx: ServiceContext, raw: z.input<typeof GapInput>): Promise<void> => {
  assertCan(ctx, "knowledge.write");
  const { gapId } = GapInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.knowledgeGap.updateMany({
      where: { id: gapId, clubId: ctx.clubId, status: "open" },
      data: { status: "dismissed", decidedAt: tx.now, decidedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this question is settled already");
    }
    await recordAudit(tx, ctx, { action: "gap.dismissed", entityId: gapId });
    tx.news.changes.push({ topic: "knowledge" });
  });
};
