import "server-only";

import { z } from "zod";

import type { ArticleSource, ArticleStatus } from "#server/domain/knowledge.ts";
import type { Id } from "#server/domain/ids.ts";
import { previewOf } from "#server/domain/text.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readableIn, readArticles, type ArticleRow, type ArticleScope } from "./internal.ts";
import { ARTICLES_MAX_COUNT } from "./limits.ts";

const SEARCH_MAX_LENGTH = 100;

export const ListArticlesInput = z.object({
  /** `all`: drafts and published ones. Proposals have a list of their own. `unasked`: published without one asked question. */
  state: z.enum(["all", "draft", "published", "unasked", "stopped", "archived", "proposed"]).default("all"),
  search: z.string().trim().max(SEARCH_MAX_LENGTH).default(""),
});
type State = z.infer<typeof ListArticlesInput>["state"];

export type ArticleItem = {
  readonly id: Id<"knowledgeArticle">;
  readonly scope: ArticleScope;
  readonly title: string;
  readonly preview: string;
  readonly status: ArticleStatus;
  readonly source: ArticleSource;
  readonly sourceUrl: string | null;
  readonly version: number;
  readonly factCount: number;
  /** Ways members ask for it, and questions that nothing in it answers. */
  readonly askedCount: number;
  /** The whole article, or some of its facts. */
  readonly isStopped: boolean;
  readonly stoppedFactCount: number;
  readonly validFromOn: string | null;
  readonly validUntilOn: string | null;
  readonly updatedAt: Date;
};

/** Articles of the club and of its franchise by title. */
export const listArticles = async (ctx: ServiceContext, raw: z.input<typeof ListArticlesInput> = {}): Promise<readonly ArticleItem[]> => {
  assertCan(ctx, "knowledge.read");
  const { state, search } = ListArticlesInput.parse(raw);
  const rows = await withClub(
    ctx,
    (tx) =>
      readArticles(tx, {
        where: { AND: [readableIn(ctx), { status: { in: STATUSES[state] } }, search === "" ? {} : matching(search)] },
        orderBy: [{ title: "asc" }, { id: "asc" }],
        take: ARTICLES_MAX_COUNT,
      }),
    { fixedNow: ctx.fixedNow },
  );
  const items = rows.map(itemOf);
  return items.filter(IS_OF[state] ?? (() => true));
};

/** What no column tells. */
const IS_OF: Partial<Record<State, (item: ArticleItem) => boolean>> = {
  stopped: ({ isStopped, stoppedFactCount }) => isStopped || stoppedFactCount > 0,
  unasked: ({ askedCount }) => askedCount === 0,
};

const STATUSES = {
  all: ["draft", "published"],
  draft: ["draft"],
  published: ["published"],
  unasked: ["published"],
  stopped: ["draft", "published"],
  archived: ["archived"],
  proposed: ["proposed"],
} as const satisfies Record<State, ArticleStatus[]>;

const matching = (search: string): Prisma.KnowledgeArticleWhereInput => ({
  OR: [{ title: { contains: search, mode: "insensitive" } }, { body: { contains: search, mode: "insensitive" } }],
});

const itemOf = (row: ArticleRow): ArticleItem => ({
  id: row.id,
  scope: row.clubId === null ? "franchise" : "club",
  title: row.title,
  preview: previewOf(row.body),
  status: row.status,
  source: row.source,
  sourceUrl: row.sourceUrl,
  version: row.version,
  factCount: row.facts.length,
  askedCount: row.asked.length,
  isStopped: row.stoppedAt !== null,
  stoppedFactCount: row.facts.filter(({ stoppedAt }) => stoppedAt !== null).length,
  validFromOn: row.validFromOn,
  validUntilOn: row.validUntilOn,
  updatedAt: row.updatedAt,
});
