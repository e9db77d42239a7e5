import { z } from "zod";

import { ASKED_BOUNDS, type AskedQuestion } from "#server/domain/asked-questions.ts";

import type { SeedArticle } from "./article.ts";
import stored from "./asked.json" with { type: "json" };

/** `sentence`: its place in the article, or how all the sentences begin that answer it together. */
const Asked = z.strictObject({
  of: z.enum(["every", "gym", "golf"]),
  title: z.string(),
  sentence: z.union([z.int().min(0), z.string()]),
  questions: z.array(z.string()).min(1),
});

const ASKED = z.array(Asked).parse(stored);

/** Ways in which members ask for an article of the demo. */
export const askedFor = (kind: "gym" | "golf", { sentences, title }: Pick<SeedArticle, "title" | "sentences">): readonly AskedQuestion[] =>
  ASKED.filter((asked) => asked.title === title && (asked.of === kind || asked.of === "every")).flatMap(({ questions, sentence }) => {
    const answering = sentences.filter((text, place) => (typeof sentence === "string" ? text.startsWith(sentence) : place === sentence));
    return answering.length === 0 || answering.length > ASKED_BOUNDS.sentenceMaxCount
      ? []
      : questions.map((text) => ({ text, sentences: answering }));
  });
