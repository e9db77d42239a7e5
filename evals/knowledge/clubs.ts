import { globSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { Article } from "#server/understanding/answer-from.ts";

/** Ways of asking for one sentence, by somebody who saw the articles only. */
export const AskedOf = z.object({ articleId: z.string(), sentence: z.string(), questions: z.array(z.string()).min(1) });
export type AskedOf = z.infer<typeof AskedOf>;

const Club = z.object({
  club: z.string(),
  articles: z.array(z.object({ id: z.string(), title: z.string(), body: z.string() })).min(1),
  asked: z.array(AskedOf).default([]),
  answerable: z.array(z.object({ question: z.string(), articleIds: z.array(z.string()).min(1), mustContain: z.array(z.string()).min(1) })),
  unanswerable: z.array(z.string()),
});

/** A club with what it knows, and questions with and without an answer in it. */
export type Club = Omit<z.infer<typeof Club>, "asked" | "articles"> & { readonly file: string; readonly articles: readonly Article[] };

export type Part = "tuning" | "held-back";

export const readClubs = (part: Part): readonly Club[] => {
  const cwd = path.join(import.meta.dirname, part);
  return globSync("*.json", { cwd })
    .toSorted()
    .map((file) => {
      const { articles, asked, ...club } = Club.parse(JSON.parse(readFileSync(path.join(cwd, file), "utf8")));
      return { ...club, articles: withAsked(articles, asked), file: file.replace(/\.json$/, "") };
    });
};

/** Articles that carry the questions which were written for them. */
export const withAsked = (articles: readonly Article[], asked: readonly AskedOf[]): readonly Article[] =>
  articles.map((article) => ({
    ...article,
    asked: asked
      .filter(({ articleId }) => articleId === article.id)
      .flatMap(({ questions, sentence }) => questions.map((text) => ({ text, sentences: [sentence] }))),
  }));

export const withoutAsked = (club: Club): Club => ({ ...club, articles: club.articles.map((article) => ({ ...article, asked: [] })) });
