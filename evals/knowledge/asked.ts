import { readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import { splitSentences } from "#server/domain/sentences.ts";
import type { Article } from "#server/understanding/answer-from.ts";

/**
 * Ways of asking for some sentences of an article, by their places in it; where there are none, questions that sound like the article and
 * that nothing the club knows answers. By somebody who saw the articles only.
 */
const AskedOf = z.strictObject({
  articleId: z.string(),
  sentences: z.array(z.int().min(0)),
  questions: z.array(z.string()).min(1),
});
type AskedOf = z.infer<typeof AskedOf>;

/** Questions of one writer; those of `asked-beside` are all beside the point. */
export type AskedFolder = "asked" | "asked-more" | "asked-beside" | "spanish";

/** Articles that carry the questions which were written for them. `club` names the file. @throws on a place that no sentence has */
export const withAsked = <A extends Article>(
  articles: readonly A[],
  club: string,
  folders: readonly AskedFolder[] = ["asked"],
): readonly A[] => {
  const asked = folders.flatMap((folder) => readAsked(club, folder));
  return articles.map((article) => {
    const standing = splitSentences(article.body);
    return {
      ...article,
      asked: asked
        .filter(({ articleId }) => articleId === article.id)
        .flatMap(({ questions, sentences }) => {
          const answering = sentences.map((place) => sentenceAt(standing, { place, article: article.id, club }));
          return questions.map((text) => ({ text, sentences: answering }));
        }),
    };
  });
};

export const withoutAsked = <A extends Article>(articles: readonly A[]): readonly A[] =>
  articles.map((article) => ({ ...article, asked: [] }));

/** Clubs of single sentences have none in the first folder. */
export const readAsked = (club: string, folder: AskedFolder): readonly AskedOf[] => {
  const file = path.join(import.meta.dirname, folder, `${club}.json`);
  try {
    return z.array(AskedOf).parse(JSON.parse(readFileSync(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return [];
    }
    throw error;
  }
};

type Place = { readonly place: number; readonly article: string; readonly club: string };

const sentenceAt = (standing: readonly string[], { article, club, place }: Place): string => {
  const sentence = standing[place];
  if (sentence === undefined) {
    throw new Error(`evals/knowledge/asked/${club}.json: ${article} has no sentence ${place}`);
  }
  return sentence;
};
