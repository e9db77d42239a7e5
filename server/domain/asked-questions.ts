import { z } from "zod";

import { splitSentences } from "./sentences.ts";

/** Chosen by us: some forty ways of asking for each of a dozen sentences, and what is asked beside them. */
export const ASKED_BOUNDS = {
  maxCount: 600,
  textMaxCharacters: 200,
  /** The opening hours of a week in as many sentences. */
  sentenceMaxCount: 5,
  /** A text that was written for one question and has more sentences answers more than that one. */
  writtenForMaxCount: 3,
  /** An article's text has no longer sentence. */
  sentenceMaxCharacters: 8_000,
} as const;

/**
 * One way members ask for something, and the sentences of the article that answer it, word for word. Without sentences it
 * sounds like the article and nothing in it answers it: whoever asks much the same must not be told one of its sentences.
 */
export const AskedQuestion = z.object({
  text: z
    .string()
    .trim()
    .min(1, "write the question")
    .max(ASKED_BOUNDS.textMaxCharacters, `a question may have ${ASKED_BOUNDS.textMaxCharacters} characters`),
  sentences: z.array(z.string().min(1).max(ASKED_BOUNDS.sentenceMaxCharacters)).max(ASKED_BOUNDS.sentenceMaxCount),
});
export type AskedQuestion = z.infer<typeof AskedQuestion>;

/** The questions of a row. What cannot be read is left out, so that one bad entry does not silence the article. */
export const askedOf = (stored: unknown): readonly AskedQuestion[] =>
  z
    .array(z.unknown())
    .catch([])
    .parse(stored)
    .flatMap((entry) => AskedQuestion.safeParse(entry).data ?? []);

/** Known to be asked, and to have no answer in its article. */
export const isUnanswered = ({ sentences }: Pick<AskedQuestion, "sentences">): boolean => sentences.length === 0;

/**
 * Whether a question still holds for a text: every sentence that answers it stands there as it stood when somebody matched
 * the two. One that nothing answers holds for any text.
 */
export const isAskedIn = (question: AskedQuestion, body: string): boolean => askedIn([question], body).length > 0;

/** Those of many questions that still hold for a text, which is read once. */
export const askedIn = (questions: readonly AskedQuestion[], body: string): readonly AskedQuestion[] => {
  const standing = new Set(splitSentences(body));
  return questions.filter(({ sentences }) => sentences.every((sentence) => standing.has(sentence)));
};

/** A question for which a text was written. Of a long text it is not known which part answers it: a person says so. */
export const askedFor = (question: string, body: string): readonly AskedQuestion[] => {
  const sentences = splitSentences(body);
  if (sentences.length === 0 || sentences.length > ASKED_BOUNDS.writtenForMaxCount) {
    return [];
  }
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

/** What people wrote, all of it and first, and behind it those suggestions that are not there in other case or spaces. */
export const withSuggested = (asked: readonly AskedQuestion[], suggested: readonly AskedQuestion[]): readonly AskedQuestion[] => {
  const known = new Set(asked.map(({ text }) => wordsOf(text)));
  const fresh = suggested.filter(({ text }) => !known.has(wordsOf(text)));
  return [...asked, ...fresh.slice(0, Math.max(0, ASKED_BOUNDS.maxCount - asked.length))];
};

/** Questions that stand both with a sentence and as not answered: one of the two is a mistake. */
export const contradictingIn = (asked: readonly AskedQuestion[]): readonly string[] => {
  const unanswered = new Set(asked.filter(isUnanswered).map(({ text }) => wordsOf(text)));
  return asked.filter((question) => !isUnanswered(question) && unanswered.has(wordsOf(question.text))).map(({ text }) => text);
};

const wordsOf = (text: string): string => text.trim().toLowerCase().replaceAll(/\s+/gu, " ");
