import "server-only";

import { z } from "zod";

import { FAILURE_REASONS } from "#server/agent/failure-reasons.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import {
  ARTICLE_TRANSLATION_PROMPT,
  ARTICLE_TRANSLATION_PROMPT_VERSION,
  articleTranslationTask,
  ArticleTranslationSchema,
} from "#server/agent/prompts/article-translation.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { type SentenceTranslation, TRANSLATED_LANGUAGES } from "#server/domain/article-translations.ts";
import { ArticleContent } from "#server/domain/knowledge.ts";
import { sentencesToTranslate, usableTranslations } from "#server/domain/suggested-translations.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { languageName } from "#server/domain/translation.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { ArticleInput } from "#server/services/knowledge/schemas.ts";
import { loadForTranslation, recordArticleTranslation } from "#server/services/knowledge/translated-article.ts";

const MAX_REMARK_CHARACTERS = 200;

/** The text as it stands in the form, saved or not. */
export const TranslateArticleInput = ArticleInput.extend({
  title: ArticleContent.shape.title,
  body: ArticleContent.shape.body,
  translations: ArticleContent.shape.translations,
  language: z.enum(TRANSLATED_LANGUAGES),
});

export type TranslatedArticle =
  | {
      readonly kind: "translated";
      readonly translations: readonly SentenceTranslation[];
      /** The model's own sentence to the person; empty = none. */
      readonly remark: string;
      /** Sentences that were asked for and got no usable translation. */
      readonly refusedCount: number;
      /** Sentences that were not asked for this time. */
      readonly leftCount: number;
    }
  /** `reason` is ours, or the model's own sentence. */
  | { readonly kind: "not_translated"; readonly reason: string };

/**
 * The sentences of an article that nobody has translated yet in another language, for a person to look through. Nothing is kept.
 * @throws `not_found`, `forbidden` for an article of the franchise, `precondition_failed` when the budget is spent or the club does not answer
 * in the language
 */
export const translateArticle = async (
  ctx: ServiceContext,
  raw: z.input<typeof TranslateArticleInput>,
  mind: Pick<Mind, "think" | "model"> = installedMind(),
): Promise<TranslatedArticle> => {
  const { articleId, language, title, ...text } = TranslateArticleInput.parse(raw);
  const { model } = await loadForTranslation(ctx, { articleId, language });
  const { leftCount, sentences } = sentencesToTranslate({ ...text, language });
  if (sentences.length === 0) {
    return { kind: "not_translated", reason: text.body === "" ? "There is no text to translate yet." : "Every sentence is translated." };
  }
  const result = await mind.think({
    system: [{ text: ARTICLE_TRANSLATION_PROMPT.text, isCached: false }],
    messages: [
      {
        role: "user",
        content: [untrusted("article", { title, sentences }), `<task>${articleTranslationTask(languageName(language))}</task>`].join("\n"),
      },
    ],
    schema: ArticleTranslationSchema,
    model: model ?? mind.model,
    fairKey: ctx.clubId,
    isLong: true,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const translations = result.kind === "thought" ? usableTranslations(result.value.sentences, { language, sentences }) : [];
  await recordArticleTranslation(ctx, {
    articleId,
    language,
    sentenceCount: translations.length,
    turn: {
      ...turn,
      promptVersion: ARTICLE_TRANSLATION_PROMPT_VERSION,
      errorKind: result.kind === "failed" ? result.failure.kind : null,
    },
  });
  if (result.kind !== "thought") {
    return { kind: "not_translated", reason: result.kind === "failed" ? FAILURE_REASONS[result.failure.kind] : FAILURE_REASONS.malformed };
  }
  const remark = stripInvisible(result.value.remark).replace(/\s+/gu, " ").trim().slice(0, MAX_REMARK_CHARACTERS);
  return translations.length === 0
    ? { kind: "not_translated", reason: remark || "Spotter could translate none of these sentences." }
    : { kind: "translated", translations, remark, refusedCount: sentences.length - translations.length, leftCount };
};
