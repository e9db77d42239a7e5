import "server-only";

import { z } from "zod";

import {
  type SentenceTranslation,
  TRANSLATED_LANGUAGES,
  type TranslatedLanguage,
  translationsOf,
} from "#server/domain/article-translations.ts";
import { askedOf, type AskedQuestion } from "#server/domain/asked-questions.ts";
import type { Id } from "#server/domain/ids.ts";
import { ARTICLE_STATUSES, factsOf, type ArticleSource, type ArticleStatus, type Fact } from "#server/domain/knowledge.ts";
import { can } from "#server/domain/permissions.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffNames } from "#server/services/conversations/staff-names.ts";

import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";
import { languageOf } from "#server/understanding/answering/as-compared.ts";

import { readArticle, type ArticleScope } from "./internal.ts";
import { ArticleInput } from "./schemas.ts";

/** More versions than this nobody compares; the older ones are kept. */
const VERSIONS_MAX_COUNT = 100;

export type ArticleVersion = {
  readonly version: number;
  readonly title: string;
  readonly body: string;
  readonly facts: readonly Fact[];
  readonly asked: readonly AskedQuestion[];
  /** Also those whose sentence is gone from the text, which are not used. */
  readonly translations: readonly SentenceTranslation[];
  readonly status: ArticleStatus;
  /** `null` = not a person. */
  readonly changedBy: string | null;
  readonly createdAt: Date;
};

export type ArticleDetail = {
  readonly id: Id<"knowledgeArticle">;
  readonly scope: ArticleScope;
  readonly title: string;
  readonly body: string;
  readonly facts: readonly Fact[];
  /** Also those whose sentence is gone from the text, which are not used, and those that nothing answers. */
  readonly asked: readonly AskedQuestion[];
  /** Also those whose sentence is gone from the text, which are not used. */
  readonly translations: readonly SentenceTranslation[];
  readonly status: ArticleStatus;
  readonly source: ArticleSource;
  readonly sourceUrl: string | null;
  readonly version: number;
  readonly validFromOn: string | null;
  readonly validUntilOn: string | null;
  readonly stop: { readonly at: Date; readonly reason: string | null; readonly by: string | null } | null;
  /** Whether whoever asks may change it. */
  readonly isEditable: boolean;
  /** Languages that sentences of it may be translated into: those the club answers in by itself, besides its own. */
  readonly otherLanguages: readonly TranslatedLanguage[];
  /** Newest first; the first one is how the article stands. */
  readonly versions: readonly ArticleVersion[];
};

/** One article with its history. @throws `not_found` */
export const getArticle = async (ctx: ServiceContext, raw: z.input<typeof ArticleInput>): Promise<ArticleDetail> => {
  assertCan(ctx, "knowledge.read");
  const { articleId } = ArticleInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const {
        clubId,
        stoppedAt,
        stopReason,
        stoppedById,
        origin: _origin,
        createdAt: _at,
        updatedAt: _then,
        ...article
      } = await readArticle(tx, ctx, articleId);
      const { policy } = await resolvedPolicy(tx, ctx);
      const written = languageOf(`${article.title}. ${article.body}`);
      const rows = await tx.db.knowledgeVersion.findMany({
        where: { articleId, franchiseId: ctx.franchiseId },
        orderBy: { version: "desc" },
        take: VERSIONS_MAX_COUNT,
        select: {
          version: true,
          title: true,
          body: true,
          facts: true,
          asked: true,
          translations: true,
          status: true,
          changedById: true,
          createdAt: true,
        },
      });
      const names = await staffNames(tx, [stoppedById, ...rows.map(({ changedById }) => changedById)]);
      const nameOf = (id: string | null): string | null => (id === null ? null : (names.get(id) ?? null));
      return {
        ...article,
        scope: clubId === null ? "franchise" : "club",
        stop: stoppedAt === null ? null : { at: stoppedAt, reason: stopReason, by: nameOf(stoppedById) },
        isEditable: can(ctx.actor, clubId === null ? "knowledge.share" : "knowledge.write"),
        otherLanguages: TRANSLATED_LANGUAGES.filter((language) => language !== written && policy.agent.languages.includes(language)),
        versions: rows.map(({ asked, changedById, facts, status, translations, ...row }) => ({
          ...row,
          status: z.enum(ARTICLE_STATUSES).parse(status),
          facts: factsOf(facts),
          asked: askedOf(asked),
          translations: translationsOf(translations),
          changedBy: nameOf(changedById),
        })),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
