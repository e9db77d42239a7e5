import { ASKED_BOUNDS, type AskedQuestion } from "./asked-questions.ts";
import { readClaims } from "./claims.ts";
import { splitSentences } from "./sentences.ts";
import { normaliseForHash, stripInvisible } from "./text.ts";

/** Chosen by us: what a person still looks through at once, and what one answer of a model holds. */
export const SUGGESTION_BOUNDS = {
  sentenceMaxCount: 8,
  perSentenceMaxCount: 15,
  besideMaxCount: 12,
  /** With so many questions a sentence counts as well known: twice to three times what one round brings. */
  perSentenceEnoughCount: 45,
  /** After so many rounds for one article it ends, enough or not. */
  roundMaxCount: 24,
  /** Longer is no text message that asks for one thing. */
  textMaxCharacters: 120,
} as const;

export type NumberedSentence = { readonly number: number; readonly text: string };

/** What somebody proposes who is not trusted: a sentence by its number with questions for it, and questions that nothing answers. */
export type ProposedQuestions = {
  readonly sentences: readonly { readonly number: number; readonly questions: readonly string[] }[];
  readonly beside: readonly string[];
};

type Text = { readonly body: string; readonly asked: readonly AskedQuestion[] };

/**
 * The sentences of a text that questions are looked for next, each with its place in the text from 1 on: those with the
 * fewest questions first come in, so that asking again goes on. `leftCount` of the others have no question at all.
 */
export const sentencesToAsk = ({ asked, body }: Text): { readonly sentences: readonly NumberedSentence[]; readonly leftCount: number } => {
  const counted = [...new Set(splitSentences(body))].map((text, place) => ({
    number: place + 1,
    text,
    count: asked.filter(({ sentences }) => sentences.includes(text)).length,
  }));
  const ordered = counted.toSorted((left, right) => left.count - right.count || left.number - right.number);
  const chosen = ordered.slice(0, SUGGESTION_BOUNDS.sentenceMaxCount).toSorted((left, right) => left.number - right.number);
  return {
    sentences: chosen.map(({ number, text }) => ({ number, text })),
    leftCount: ordered.slice(SUGGESTION_BOUNDS.sentenceMaxCount).filter(({ count }) => count === 0).length,
  };
};

/** Whether each sentence of a text has so many questions that more of them bring little. */
export const hasEnoughQuestions = ({ asked, body }: Text): boolean =>
  asked.length >= ASKED_BOUNDS.maxCount ||
  splitSentences(body).every(
    (sentence) => asked.filter(({ sentences }) => sentences.includes(sentence)).length >= SUGGESTION_BOUNDS.perSentenceEnoughCount,
  );

type Given = { readonly sentences: readonly NumberedSentence[]; readonly asked: readonly AskedQuestion[] };

/**
 * What of a proposal may be shown: questions for sentences that were asked about, short, without figures, links and what is
 * there already, each once. One that is proposed both for a sentence and as not answered is neither.
 */
export const usableQuestions = (proposed: ProposedQuestions, { asked, sentences }: Given): readonly AskedQuestion[] => {
  const textOf = new Map(sentences.map(({ number, text }) => [number, text]));
  const beside = proposed.beside.flatMap(cleaned);
  const answered = proposed.sentences.flatMap(({ number, questions }) => {
    const sentence = textOf.get(number);
    return sentence === undefined ? [] : questions.flatMap(cleaned).map((text) => ({ text, sentences: [sentence] }));
  });
  const doubtful = wordsOfAll(beside).intersection(wordsOfAll(answered.map(({ text }) => text)));
  const seen = wordsOfAll(asked.map(({ text }) => text));
  const isFresh = ({ text }: AskedQuestion): boolean => {
    const words = wordsOf(text);
    const isNew = words !== "" && !seen.has(words) && !doubtful.has(words);
    seen.add(words);
    return isNew;
  };
  const fresh = [
    ...atMost(answered.filter(isFresh), SUGGESTION_BOUNDS.perSentenceMaxCount),
    ...atMost(beside.map((text) => ({ text, sentences: [] })).filter(isFresh), SUGGESTION_BOUNDS.besideMaxCount),
  ];
  return fresh.slice(0, Math.max(0, ASKED_BOUNDS.maxCount - asked.length));
};

/** So many of each sentence, in their order. */
const atMost = (questions: readonly AskedQuestion[], maxCount: number): readonly AskedQuestion[] => {
  const counts = new Map<string, number>();
  return questions.filter(({ sentences: [sentence = ""] }) => {
    const count = (counts.get(sentence) ?? 0) + 1;
    counts.set(sentence, count);
    return count <= maxCount;
  });
};

/** Figures age and links lead away: a question needs neither. Marks of templates and tags are no words of a member. */
const UNWANTED = /\p{N}|[<>{}[\]@\\]|:\/\//u;

/** A proposed text in one line, or nothing. */
const cleaned = (raw: string): readonly string[] => {
  const text = stripInvisible(raw).replace(/\s+/gu, " ").trim();
  const isUsable =
    /\p{L}/u.test(text) &&
    text.length <= SUGGESTION_BOUNDS.textMaxCharacters &&
    !UNWANTED.test(text) &&
    !readClaims(text).some(({ kind }) => kind === "link" || kind === "phone");
  return isUsable ? [text] : [];
};

/** Two questions are one when their words are. */
const wordsOf = (text: string): string =>
  normaliseForHash(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();

const wordsOfAll = (texts: readonly string[]): Set<string> => new Set(texts.map(wordsOf));
