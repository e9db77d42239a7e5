import "server-only";

import { z } from "zod";

import { type SentenceTranslation, translationsOf } from "#server/domain/article-translations.ts";
import { askedOf, type AskedQuestion } from "#server/domain/asked-questions.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import {
  ARTICLE_SOURCES,
  ARTICLE_STATUSES,
  factsOf,
  type ArticleContent,
  type ArticleSource,
  type ArticleStatus,
  type Fact,
} from "#server/domain/knowledge.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import type { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type ArticleScope = "club" | "franchise";

export type ArticleRow = {
  readonly id: Id<"knowledgeArticle">;
  readonly clubId: string | null;
  readonly title: string;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly asked: readonly AskedQuestion[];
  readonly translations: readonly SentenceTranslation[];
  readonly status: ArticleStatus;
  readonly source: ArticleSource;
  readonly sourceUrl: string | null;
  readonly origin: unknown;
  readonly stoppedAt: Date | null;
  readonly stopReason: string | null;
  readonly stoppedById: string | null;
  readonly version: number;
  readonly validFromOn: string | null;
  readonly validUntilOn: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

const COLUMNS = {
  id: true,
  clubId: true,
  title: true,
  body: true,
  facts: true,
  asked: true,
  translations: true,
  status: true,
  source: true,
  sourceUrl: true,
  origin: true,
  stoppedAt: true,
  stopReason: true,
  stoppedById: true,
  version: true,
  validFromOn: true,
  validUntilOn: true,
  createdAt: true,
  updatedAt: true,
} as const satisfies Prisma.KnowledgeArticleSelect;

type Stored = Prisma.KnowledgeArticleGetPayload<{ select: typeof COLUMNS }>;

const rowOf = (stored: Stored): ArticleRow => ({
  ...stored,
  id: stored.id as Id<"knowledgeArticle">,
  facts: factsOf(stored.facts),
  asked: askedOf(stored.asked),
  translations: translationsOf(stored.translations),
  status: z.enum(ARTICLE_STATUSES).parse(stored.status),
  // Words of older rows that nobody writes any more.
  source: z.enum(ARTICLE_SOURCES).catch("written").parse(stored.source),
});

/** What a club sees: its own articles and those of its franchise. */
export const readableIn = (ctx: Pick<ServiceContext, "franchiseId" | "clubId">) => ({
  franchiseId: ctx.franchiseId,
  OR: [{ clubId: ctx.clubId }, { clubId: null }],
});

export const readArticles = async (
  tx: Tx,
  query: Pick<Prisma.KnowledgeArticleFindManyArgs, "where" | "orderBy" | "take">,
): Promise<readonly ArticleRow[]> => {
  const rows = await tx.db.knowledgeArticle.findMany({ ...query, select: COLUMNS });
  return rows.map(rowOf);
};

/** @throws `not_found`, for a foreign article as for none */
export const readArticle = async (tx: Tx, ctx: ServiceContext, articleId: string): Promise<ArticleRow> => {
  const [row] = await readArticles(tx, { where: { id: articleId, ...readableIn(ctx) }, take: 1 });
  if (row === undefined) {
    throw notFound("article");
  }
  return row;
};

export type NewArticle = Pick<ArticleContent, "title" | "body" | "validFromOn" | "validUntilOn"> & {
  readonly facts: readonly Fact[];
  readonly asked: readonly AskedQuestion[];
  readonly translations: readonly SentenceTranslation[];
  readonly status: ArticleStatus;
  readonly source: ArticleSource;
  readonly sourceUrl?: string;
  readonly origin?: Prisma.InputJsonObject;
};

/** Sentences are kept as the body is, or they would no longer stand in it. */
export const askedAsKept = ({ sentences, text }: AskedQuestion): AskedQuestion => ({
  text: stripInvisible(text),
  sentences: sentences.map(stripInvisible),
});

export const translationAsKept = ({ language, sentence, text }: SentenceTranslation): SentenceTranslation => ({
  language,
  sentence: stripInvisible(sentence),
  text: stripInvisible(text),
});

/** Writes an article with its first version; the caller audits. */
export const insertArticle = async (
  tx: Tx,
  ctx: ServiceContext,
  { scope, article }: { readonly scope: ArticleScope; readonly article: NewArticle },
): Promise<Id<"knowledgeArticle">> => {
  const id = newId("knowledgeArticle");
  const { title, body, facts, status, source, sourceUrl, origin, validFromOn, validUntilOn } = article;
  const [asked, translations] = [article.asked.map(askedAsKept), article.translations.map(translationAsKept)];
  const clubId = scope === "franchise" ? null : ctx.clubId;
  await tx.db.knowledgeArticle.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId,
      title: stripInvisible(title),
      body: stripInvisible(body),
      facts: [...facts],
      asked: [...asked],
      translations: [...translations],
      status,
      source,
      validFromOn,
      validUntilOn,
      ownerUserId: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
      createdAt: tx.now,
      updatedAt: tx.now,
      ...(sourceUrl === undefined ? {} : { sourceUrl }),
      ...(origin === undefined ? {} : { origin }),
    },
  });
  await insertVersion(tx, ctx, {
    articleId: id,
    clubId,
    version: 1,
    title: stripInvisible(title),
    body: stripInvisible(body),
    facts,
    asked,
    translations,
    status,
  });
  return id;
};

type VersionRow = Pick<ArticleRow, "clubId" | "title" | "body" | "facts" | "asked" | "translations" | "status" | "version"> & {
  readonly articleId: string;
};

export const insertVersion = async (tx: Tx, ctx: ServiceContext, { facts, asked, translations, ...version }: VersionRow): Promise<void> => {
  await tx.db.knowledgeVersion.createMany({
    data: {
      id: newId("knowledgeVersion"),
      franchiseId: ctx.franchiseId,
      ...version,
      facts: [...facts],
      asked: [...asked],
      translations: [...translations],
      changedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null,
      createdAt: tx.now,
    },
  });
};

/** Held until the transaction ends, so that a stop and an edit of one article follow each other. */
export const lockArticle = async (tx: Tx, { id }: Pick<ArticleRow, "id">): Promise<ArticleRow> => {
  await tx.db.$executeRaw`select 1 from "KnowledgeArticle" where id = ${id} for update`;
  const [row] = await readArticles(tx, { where: { id }, take: 1 });
  if (row === undefined) {
    throw notFound("article");
  }
  return row;
};

export const overtaken = (): DomainError =>
  new DomainError("conflict", "somebody changed this article meanwhile; look at the newest version first");
