import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { Answer, ARTICLE_QUESTIONS, articleOf } from "#server/domain/first-run.ts";
import type { Id } from "#server/domain/ids.ts";
import { ArticleContent, withStops } from "#server/domain/knowledge.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { assertBegun } from "#server/services/first-run/assert-begun.ts";
import { keepStep } from "#server/services/first-run/keep-step.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

import { insertArticle } from "./internal.ts";

export const AnswerQuestionInput = z.object({ question: z.enum(ARTICLE_QUESTIONS), answer: Answer });

/**
 * Publishes what somebody answered while they set a club up as an article, as its author has read it in the preview. Once a
 * question: from then on the article is changed like every other.
 * @throws `invalid` for an empty answer, `conflict` for a question that is answered already
 */
export const answerQuestion = async (
  ctx: ServiceContext,
  raw: z.input<typeof AnswerQuestionInput>,
): Promise<{ articleId: Id<"knowledgeArticle"> }> => {
  assertCan(ctx, "club.manage");
  assertCan(ctx, "knowledge.write");
  const { question, answer } = AnswerQuestionInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    await assertBegun(tx, ctx);
    const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { kind: true } });
    const written = articleOf(question, { answer, kind: club.kind === "golf" ? "golf" : "gym" });
    if (written === null) {
      throw new DomainError("invalid", "write an answer, or skip the question");
    }
    const content = ArticleContent.parse(written);
    const facts = withStops(content.facts, { before: [], isLifted: true });
    const articleId = await insertArticle(tx, ctx, {
      scope: "club",
      article: { ...content, facts, status: "published", source: "answers", origin: { question } },
    });
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId, userId: staffOf(ctx) };
    if (!(await keepStep(tx, { ...scope, step: question, state: "done", articleId }))) {
      throw new DomainError("conflict", "this question is answered already; change its article instead");
    }
    await recordAudit(tx, ctx, { action: "article.created", entityId: articleId, details: { question } });
    await recordAudit(tx, ctx, { action: "article.published", entityId: articleId });
    tx.news.changes.push({ topic: "knowledge" });
    return { articleId };
  });
};
