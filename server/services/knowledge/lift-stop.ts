import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle } from "./change-article.ts";
import { ArticleInput } from "./schemas.ts";

export const LiftStopInput = ArticleInput.extend({
  /** One fact; left out, the stop of the whole article. */
  factId: z.string().max(40).optional(),
});

/** It was right after all: Spotter may say it again. Quiet when nothing is stopped. */
export const liftStop = async (ctx: ServiceContext, raw: z.input<typeof LiftStopInput>): Promise<void> => {
  assertCan(ctx, "knowledge.write");
  const { articleId, factId } = LiftStopInput.parse(raw);
  await changeArticle(
    ctx,
    { articleId, permission: "knowledge.write", action: "article.resumed", details: { factId: factId ?? null } },
    (article) => {
      if (factId === undefined) {
        return { stop: { stoppedAt: null, stopReason: null, stoppedById: null } };
      }
      if (!article.facts.some(({ id }) => id === factId)) {
        throw notFound("fact");
      }
      return { stop: { facts: article.facts.map((fact) => (fact.id === factId ? { ...fact, stoppedAt: null, stopReason: null } : fact)) } };
    },
  );
};
