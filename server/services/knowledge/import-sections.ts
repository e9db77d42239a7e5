import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ArticleSource } from "#server/domain/knowledge.ts";
import { normaliseForHash } from "#server/domain/text.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { insertArticle, readArticles } from "./internal.ts";
import type { Section } from "./split-text.ts";

export type Imported = {
  readonly articleIds: readonly Id<"knowledgeArticle">[];
  /** Sections of which an article of the same name came from the same place before. */
  readonly skippedCount: number;
};

type Origin = { readonly source: ArticleSource; /** Address of the page, or name of the file. */ readonly from: string };

/** Makes a draft of each section that is not here yet. Nothing of it is said before somebody has read and published it. */
export const importSections = async (
  ctx: ServiceContext,
  { sections, source, from }: Origin & { readonly sections: readonly Section[] },
): Promise<Imported> => {
  assertCan(ctx, "knowledge.write");
  return inTransaction(ctx, async (tx) => {
    const here = await readArticles(tx, { where: { clubId: ctx.clubId, sourceUrl: from, status: { not: "archived" } } });
    const known = new Set(here.map(({ title }) => normaliseForHash(title)));
    const articleIds: Id<"knowledgeArticle">[] = [];
    for (const { title, body } of sections) {
      if (!known.has(normaliseForHash(title))) {
        known.add(normaliseForHash(title));
        const article = {
          title,
          body,
          facts: [],
          asked: [],
          translations: [],
          validFromOn: null,
          validUntilOn: null,
          status: "draft",
          source,
          sourceUrl: from,
        } as const;
        articleIds.push(await insertArticle(tx, ctx, { scope: "club", article }));
      }
    }
    const skippedCount = sections.length - articleIds.length;
    await recordAudit(tx, ctx, { action: "article.imported", details: { source, createdCount: articleIds.length, skippedCount } });
    tx.news.changes.push({ topic: "knowledge" });
    return { articleIds, skippedCount };
  });
};
