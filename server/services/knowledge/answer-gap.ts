import "server-only";

import { z } from "zod";

import { askedFor, joinAsked } from "#server/domain/asked-questions.ts";
import { DomainError } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { ArticleContent, withStops } from "#server/domain/knowledge.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";

import { insertArticle } from "./internal.ts";

export const GapInput = z.object({ gapId: idSchema("knowledgeGap") });
export const AnswerGapInput = GapInput.extend({ content: ArticleContent });

/** Writes what was asked for as a draft, to be looked at and published, with the question as one of those it answers. @throws `precondition_failed` when the question is settled */
export const answerGap = async (
  ctx: ServiceContext,
  raw: z.input<typeof AnswerGapInput>,
): Promise<{ articleId: Id<"knowledgeArticle"> }> => {
  assertCan(ctx, "knowledge.write");
  const { gapId, content } = AnswerGapInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    const facts = withStops(content.facts, { before: [], isLifted: true });
    const gap = await tx.db.knowledgeGap.findFirst({ where: { id: gapId, clubId: ctx.clubId }, select: { question: true } });
    const asked = joinAsked(content.asked, gap === null ? [] : askedFor(gap.question, content.body));
    const article = { ...content, facts, asked, status: "draft", source: "gap", origin: { gapId } } as const;
    const articleId = await insertArticle(tx, ctx, { scope: "club", article });
    const { count } = await tx.db.knowledgeGap.updateMany({
      where: { id: gapId, clubId: ctx.clubId, status: "open" },
      data: { status: "answered", articleId, decidedAt: tx.now, decidedById: staffUserId(ctx) },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this question is settled already");
    }
    await recordAudit(tx, ctx, { action: "gap.answered", entityId: gapId, details: { articleId } });
    tx.news.changes.push({ topic: "knowledge" });
    return { articleId };
  });
};
