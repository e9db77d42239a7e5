import { z } from "zod";

import { splitSentences } from "./sentences.ts";

/** Chosen by us: what one article of a few sentences is asked for in all its ways, with room. */
export const ASKED_BOUNDS = {
  maxCount: 150,
  textMaxCharacters: 200,
  /** What one answer quotes of an article. */
  sentenceMaxCount: 3,
  /** An article's text has no longer sentence. */
  sentenceMaxCharacters: 8_000,
} as const;

/** One way members ask for something, and the sentences of the article that answer it, word for word. */
export const AskedQuestion = z.object({
  text: z
    .string()
    .trim()
    .min(1, "write the question")
    .max(ASKED_BOUNDS.textMaxCharacters, `a question may have ${ASKED_BOUNDS.textMaxCharacters} characters`),
  sentences: z.array(z.string().min(1).max(ASKED_BOUNDS.sentenceMaxCharacters)).min(1).max(ASKED_BOUNDS.sentenceMaxCount),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

/** The questions of a row. What cannot be read is left out, so that one bad entry does not silence the article. */
export const askedOf = (stored: unknown): readonly AskedQuestion[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(stored)
    .flatMap((entry) => AskedQuestion.safeParse(entry).data ?? []);

/** Whether the text still answers a question: every sentence stands in it as it stood when somebody matched the two. */
export const isAskedIn = ({ sentences }: AskedQuestion, body: string): boolean => {
  const standing = splitSentences(body);
  return sentences.every((sentence) => standing.includes(sentence));
};

/** A question for which a text was written. Of a long text it is not known which part answers it: a person says so. */
export const askedFor = (question: string, body: string): readonly AskedQuestion[] => {
  const sentences = splitSentences(body);
  const asked = AskedQuestion.safeParse({ text: question.slice(0, ASKED_BOUNDS.textMaxCharacters), sentences });
  return asked.success ? [asked.data] : [];
};

/** Both lists, each question once whatever its case and spaces; what stands first stays. */
export const joinAsked = (first: readonly AskedQuestion[], second: readonly AskedQuestion[]): readonly AskedQuestion[] => {
  const byWords = new Map<string, AskedQuestion>();
  for (const question of [...first, ...second]) {
    const words = wordsOf(question.text);
    byWords.set(words, byWords.get(words) ?? question);
  }
  return [...byWords.values()].slice(0, ASKED_BOUNDS.maxCount);
};

const wordsOf = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/gu, " ");
