import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { SentenceTranslation } from "#server/domain/article-translations.ts";
import { splitSentences } from "#server/domain/sentences.ts";
import type { Article } from "#server/understanding/answer-from.ts";

const Translated = z.looseObject({ articleId: z.string(), sentences: z.array(z.string()) });

const fileOf = (club: string): string => path.join(import.meta.dirname, "translated", `${club}.json`);

export const isTranslated = (club: string): boolean => existsSync(fileOf(club));

/** Articles with their sentences in Spanish, as the app would keep them. `club` names the file. @throws where a sentence has no translation, or one that the app would not take */
export const withSpanish = <A extends Article>(
  articles: readonly A[],
  club: string,
): readonly (A & Required<Pick<Article, "translations">>)[] => {
  const translated = new Map(
    z
      .array(Translated)
      .parse(JSON.parse(readFileSync(fileOf(club), "utf8")))
      .map(({ articleId, sentences }) => [articleId, sentences]),
  );
  return articles.map((article) => ({
    ...article,
    translations: splitSentences(article.body).map((sentence, place) =>
      SentenceTranslation.parse({ language: "es", sentence, text: translated.get(article.id)?.[place] ?? "" }),
    ),
  }));
};
