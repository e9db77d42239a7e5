import "server-only";

import { z } from "zod";

import { ArticleContent, withStops } from "#server/domain/knowledge.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle, type ChangedArticle } from "./change-article.ts";
import { VersionedInput } from "./schemas.ts";

export const UpdateArticleInput = VersionedInput.extend({
  content: ArticleContent,
  /** What was stopped may be said again; otherwise only facts whose value was corrected are free. */
  isLifted: z.boolean().default(false),
});

/**
 * The next version of an article. One that is published is live with it at once; the versions before stay as they were.
 * @throws `conflict` when somebody saved a newer version than the one that was edited
 */
export const updateArticle = async (ctx: ServiceContext, raw: z.input<typeof UpdateArticleInput>): Promise<ChangedArticle> => {
  assertCan(ctx, "knowledge.write");
  const { articleId, version, content, isLifted } = UpdateArticleInput.parse(raw);
  return changeArticle(
    ctx,
    {
      articleId,
      version,
      permission: "knowledge.write",
      action: "article.updated",
      from: ["draft", "proposed", "published"],
      details: { isLifted },
    },
    (article) => ({
      next: { ...content, facts: withStops(content.facts, { before: article.facts, isLifted }) },
      ...(isLifted ? { stop: { stoppedAt: null, stopReason: null, stoppedById: null } } : {}),
    }),
  );
};
