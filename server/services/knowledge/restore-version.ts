import "server-only";

import { z } from "zod";

import { translationsOf } from "#server/domain/article-translations.ts";
import { askedOf } from "#server/domain/asked-questions.ts";
import { notFound } from "#server/domain/errors.ts";
import { factsOf, withStops } from "#server/domain/knowledge.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle, type ChangedArticle } from "./change-article.ts";
import { VersionedInput } from "./schemas.ts";

export const RestoreVersionInput = VersionedInput.extend({ restoredVersion: z.int().min(1) });

/** The words, facts, questions and translations of an older version as the next one. Its state stays, and so does what is stopped. */
export const restoreVersion = async (ctx: ServiceContext, raw: z.input<typeof RestoreVersionInput>): Promise<ChangedArticle> => {
  assertCan(ctx, "knowledge.write");
  const { articleId, version, restoredVersion } = RestoreVersionInput.parse(raw);
  return changeArticle(
    ctx,
    { articleId, version, permission: "knowledge.write", action: "article.restored", details: { restoredVersion } },
    async (article, tx) => {
      const old = await tx.db.knowledgeVersion.findFirst({
        where: { articleId: article.id, franchiseId: ctx.franchiseId, version: restoredVersion },
        select: { title: true, body: true, facts: true, asked: true, translations: true },
      });
      if (old === null) {
        throw notFound("version");
      }
      const facts = withStops(factsOf(old.facts), { before: article.facts, isLifted: false });
      return {
        next: { title: old.title, body: old.body, facts, asked: askedOf(old.asked), translations: translationsOf(old.translations) },
      };
    },
  );
};
