import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { StopReason } from "#server/domain/knowledge.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle } from "./change-article.ts";
import { ArticleInput } from "./schemas.ts";

export const StopFactInput = ArticleInput.extend({
  /** One fact; left out, the whole article. */
  factId: z.string().max(40).optional(),
  ...StopReason.shape,
});

/**
 * Anybody of the staff silences a fact or an article, from the next answer on and whatever version it has. Stopping
 * what is stopped keeps the first reason. @throws `not_found` also for a fact that the article does not have
 */
export const stopFact = async (ctx: ServiceContext, raw: z.input<typeof StopFactInput>): Promise<void> => {
  assertCan(ctx, "knowledge.stop");
  const { articleId, factId, reason } = StopFactInput.parse(raw);
  const stoppedById = ctx.actor.kind === "staff" ? ctx.actor.userId : null;
  await changeArticle(
    ctx,
    { articleId, permission: "knowledge.stop", action: "article.stopped", details: { factId: factId ?? null, reason } },
    (article, tx) => {
      if (factId === undefined) {
        return article.stoppedAt === null ? { stop: { stoppedAt: tx.now, stopReason: reason, stoppedById } } : {};
      }
      if (!article.facts.some(({ id }) => id === factId)) {
        throw notFound("fact");
      }
      const stopped = { stoppedAt: tx.now.toISOString(), stopReason: reason };
      return {
        stop: { facts: article.facts.map((fact) => (fact.id === factId && fact.stoppedAt === null ? { ...fact, ...stopped } : fact)) },
      };
    },
  );
};
