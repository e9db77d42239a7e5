import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { diffParts, partsOf, type DiffPart } from "#server/domain/knowledge-diff.ts";
import { PageAddress } from "#server/domain/knowledge.ts";
import { normaliseForHash } from "#server/domain/text.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { fetchPage, type FetchPage } from "./fetch-page.ts";
import { readArticles } from "./internal.ts";
import { sectionsOfHtml } from "./split-text.ts";

export type RereadPage = {
  readonly unchangedCount: number;
  /** Articles whose section reads otherwise now; people may have changed the article as well. */
  readonly changed: readonly {
    readonly articleId: Id<"knowledgeArticle">;
    readonly title: string;
    readonly version: number;
    readonly body: string;
    readonly diff: readonly DiffPart[];
  }[];
  /** Sections without an article. */
  readonly added: readonly { readonly title: string; readonly body: string }[];
  /** Articles whose section is gone from the page. */
  readonly gone: readonly { readonly articleId: Id<"knowledgeArticle">; readonly title: string }[];
};

/** Reads a page that was imported once more and says what has changed; nothing is changed by it. */
export const rereadPage = async (
  ctx: ServiceContext,
  raw: PageAddress,
  world: { readonly fetchPage: FetchPage } = { fetchPage },
): Promise<RereadPage> => {
  assertCan(ctx, "knowledge.write");
  const { url } = PageAddress.parse(raw);
  const sections = sectionsOfHtml((await world.fetchPage(url)).html);
  const articles = await withClub(
    ctx,
    (tx) => readArticles(tx, { where: { clubId: ctx.clubId, sourceUrl: url, status: { not: "archived" } }, orderBy: { id: "asc" } }),
    { fixedNow: ctx.fixedNow },
  );
  const sectionOf = (title: string) => sections.find((section) => isSame(section.title, title));
  const pairs = articles.map((article) => ({ article, section: sectionOf(article.title) }));
  const changed = pairs.flatMap(({ article, section }) =>
    section === undefined || section.body === article.body
      ? []
      : [
          {
            articleId: article.id,
            title: article.title,
            version: article.version,
            body: section.body,
            diff: diffParts(partsOf(article.body), partsOf(section.body)),
          },
        ],
  );
  return {
    changed,
    unchangedCount: pairs.filter(({ section }) => section !== undefined).length - changed.length,
    added: sections.filter(({ title }) => !articles.some((article) => isSame(article.title, title))),
    gone: pairs.filter(({ section }) => section === undefined).map(({ article }) => ({ articleId: article.id, title: article.title })),
  };
};

const isSame = (left: string, right: string): boolean => normaliseForHash(left) === normaliseForHash(right);
