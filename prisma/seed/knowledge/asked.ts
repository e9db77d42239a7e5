import { z } from "zod";

import { ASKED_BOUNDS, type AskedQuestion } from "#server/domain/asked-questions.ts";

import type { SeedArticle } from "./article.ts";
import stored from "./asked.json" with { type: "json" };

/**
 * `sentences`: their places in the article, or how each begins; together they answer. None: the questions sound like the article and nothing
 * that such a club knows answers them.
 */
const Asked = z.strictObject({
  of: z.enum(["every", "gym", "golf"]),
  title: z.string(),
  sentences: z.array(z.union([z.int().min(0), z.string()])),
  questions: z.array(z.string()).min(1),
});

const ASKED = z.array(Asked).parse(stored);

/** Ways in which members ask for an article of the demo. */
export const askedFor = (kind: "gym" | "golf", article: Pick<SeedArticle, "title" | "sentences">): readonly AskedQuestion[] =>
  ASKED.filter((asked) => asked.title === article.title && (asked.of === kind || asked.of === "every")).flatMap(
    ({ questions, sentences }) => {
      const found = sentences.map((wanted) =>
        article.sentences.filter((text, place) => (typeof wanted === "string" ? text.startsWith(wanted) : place === wanted)),
      );
      const answering = [...new Set(found.flat())];
      // A club that does not say all of it answers otherwise.
      return found.some((texts) => texts.length === 0) || answering.length > ASKED_BOUNDS.sentenceMaxCount
        ? []
        : questions.map((text) => ({ text, sentences: answering }));
    },
  );
