import "server-only";

import { z } from "zod";

import type { Id } from "#server/domain/ids.ts";
import { ArticleContent, withStops } from "#server/domain/knowledge.ts";
import { withFranchise, type Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { insertArticle } from "./internal.ts";

export const CreateArticleInput = z.object({
  content: ArticleContent,
  /** `franchise`: for every club of it, by an owner. */
  scope: z.enum(["club", "franchise"]).default("club"),
});

/** A new article, as a draft: nothing of it is said before it is published. */
export const createArticle = async (
  ctx: ServiceContext,
  raw: z.input<typeof CreateArticleInput>,
): Promise<{ articleId: Id<"knowledgeArticle"> }> => {
  assertCan(ctx, "knowledge.write");
  const { content, scope } = CreateArticleInput.parse(raw);
  const work = async (tx: Tx): Promise<{ articleId: Id<"knowledgeArticle"> }> => {
    const facts = withStops(content.facts, { before: [], isLifted: true });
    const articleId = await insertArticle(tx, ctx, { scope, article: { ...content, facts, status: "draft", source: "written" } });
    await recordAudit(tx, ctx, { action: "article.created", entityId: articleId, details: { scope } });
    return { articleId };
  };
  if (scope === "franchise") {
    assertCan(ctx, "knowledge.share");
    return withFranchise(ctx, work, { fixedNow: ctx.fixedNow });
  }
  return inTransaction(ctx, async (tx) => {
    tx.news.changes.push({ topic: "knowledge" });
    return work(tx);
  });
};
