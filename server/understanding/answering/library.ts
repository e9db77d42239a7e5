import type { Encode } from "../../domain/sentence-vectors.ts";
import { splitSentences } from "../../domain/sentences.ts";
import type { Article } from "../answer-from.ts";
import { withoutCourtesies } from "../courtesies.ts";
import { asCompared, isEnglish, languageOf } from "./as-compared.ts";
import { kindsGiven, type AnswerKind } from "./kinds-of-answer.ts";
import { type AgeRange, ageRangesIn, type DateStretch, datesIn, holidaysIn, weekdaysIn } from "./occasions.ts";
import { learnMeanings, meaningOf } from "./meanings.ts";
import { asKnown, encodedTextOf, type KnownQuestion, questionOf } from "./read-question.ts";
import { conceptsIn, readAsked, tellingWordsIn } from "./read-words.ts";
import { stemsOf } from "./stems.ts";
import { project, topicsOf, type Towers } from "./towers.ts";

export type Words = {
  readonly concepts: ReadonlySet<string>;
  readonly stems: ReadonlySet<string>;
  /** Meanings of the telling words, one by one. */
  readonly vectors: readonly Float32Array[];
};

export type Sentence = Words & {
  /** As it is quoted. */
  readonly text: string;
  /** As it is compared: in English. */
  readonly compared: string;
  readonly index: number;
  readonly kinds: ReadonlySet<AnswerKind>;
  readonly weekdays: ReadonlySet<number>;
  readonly holidays: ReadonlySet<string>;
  readonly dates: readonly DateStretch[];
  readonly ages: readonly AgeRange[];
  /** Meaning of the sentence under its title. */
  readonly vector: Float32Array;
  /** The same in the space of the towers. */
  readonly tower: Float32Array;
  /** Of which topics it is. */
  readonly topics: Float32Array;
};

/** An article as questions are compared with it. */
export type ReadArticle = {
  readonly id: string;
  readonly title: Words;
  readonly titleVector: Float32Array;
  readonly titleTower: Float32Array;
  readonly titleHolidays: ReadonlySet<string>;
  readonly whole: Words;
  readonly sentences: readonly Sentence[];
  readonly asked: readonly AskedGroup[];
  /** What people ask about the same that the article leaves open. */
  readonly beside: readonly KnownQuestion[];
};

/** What people ask, in several wordings, and the sentences that answer it. */
export type AskedGroup = { readonly sentences: readonly Sentence[]; readonly questions: readonly KnownQuestion[] };

const wordsOf = (text: string, vectors: ReadonlyMap<string, Float32Array>): Words => ({
  concepts: conceptsIn(text),
  stems: new Set(stemsOf(text)),
  vectors: tellingWordsIn(text).flatMap((word) => vectors.get(word) ?? []),
});

const NO_VECTOR = new Float32Array();

/** Articles that were read before, by their text; the oldest make room. So many articles and questions of theirs are about 200 MB. */
const READ_MAX_COUNT = 2_000;
const READ_QUESTIONS_MAX_COUNT = 40_000;
const read = new Map<string, Omit<ReadArticle, "id">>();

/** Meanings of single words, which many articles share. */
const WORDS_MAX_COUNT = 20_000;
const wordVectors = new Map<string, Float32Array>();

const encodeWords = async (texts: readonly string[], encode: Encode): Promise<void> => {
  const missing = [...new Set(texts.flatMap(tellingWordsIn))].filter((word) => !wordVectors.has(word));
  const vectors = await encode(missing);
  if (wordVectors.size + missing.length > WORDS_MAX_COUNT) {
    wordVectors.clear();
  }
  missing.forEach((word, place) => wordVectors.set(word, vectors[place] ?? NO_VECTOR));
};

const keyOf = ({ asked = [], body, title }: Article): string => JSON.stringify([title, body, asked]);

/** The articles ready for comparison. Only those whose words changed since the last call are encoded. */
export const readArticles = async (
  articles: readonly Article[],
  { encode, towers }: { readonly encode: Encode; readonly towers: Towers },
): Promise<readonly ReadArticle[]> => {
  const missing = [
    ...new Map(articles.filter((article) => !read.has(keyOf(article))).map((article) => [keyOf(article), article])).values(),
  ];
  const texts = missing.map(textsOf);
  const vectors = await encode(texts.flatMap(({ sentences, title }) => [title, ...sentences.map((sentence) => `${title}: ${sentence}`)]));
  await encodeWords(
    texts.flatMap(({ sentences, title }) => [title, ...sentences]),
    encode,
  );
  await encodeAsked(missing, encode);
  const fresh = new Map<string, Omit<ReadArticle, "id">>();
  let at = 0;
  for (const [place, article] of missing.entries()) {
    const compared = texts[place] ?? textsOf(article);
    const length = 1 + compared.sentences.length;
    fresh.set(keyOf(article), readArticle(article, { compared, vectors: vectors.slice(at, at + length), towers }));
    at += length;
  }
  const found = articles.flatMap((article) => {
    const known = fresh.get(keyOf(article)) ?? read.get(keyOf(article));
    return known === undefined ? [] : [{ ...known, id: article.id }];
  });
  for (const [key, value] of fresh) {
    read.set(key, value);
  }
  forgetOldest();
  return found;
};

/** Title and sentences as they are compared. */
type Texts = { readonly title: string; readonly sentences: readonly string[] };
const textsOf = ({ body, title }: Article): Texts => {
  const language = languageOf(`${title}. ${body}`);
  return { title: asCompared(title, language), sentences: splitSentences(body).map((sentence) => asCompared(sentence, language)) };
};

const countOf = ({ asked, beside }: Omit<ReadArticle, "id">): number =>
  asked.reduce((sum, { questions }) => sum + questions.length, beside.length);

const forgetOldest = (): void => {
  let questionCount = [...read.values()].reduce((sum, article) => sum + countOf(article), 0);
  for (const [key, article] of read) {
    if (read.size <= READ_MAX_COUNT && questionCount <= READ_QUESTIONS_MAX_COUNT) {
      return;
    }
    read.delete(key);
    questionCount -= countOf(article);
  }
};

/** Questions that articles carry, as they are encoded. */
const askedTextsOf = (article: Article): readonly string[] => {
  const known = stemsIn(textsOf(article));
  return (article.asked ?? [])
    .map(({ text }) => withoutCourtesies(asCompared(text)))
    .map((text) => encodedTextOf(text, { asked: readAsked(text, known), isEnglish: isEnglish(text) }));
};

/** What of these articles has to be encoded before they can be compared with anything, and is not known to this process. */
export const unlearntTexts = (articles: readonly Article[]): readonly string[] => [
  ...new Set(
    articles
      .filter((article) => !read.has(keyOf(article)))
      .flatMap(askedTextsOf)
      .filter((text) => meaningOf(text) === undefined),
  ),
];

/** In small batches, so that nothing else waits long. */
export const ENCODED_BATCH_SIZE = 16;

const encodeAsked = async (articles: readonly Article[], encode: Encode): Promise<void> => {
  const texts = unlearntTexts(articles);
  for (let at = 0; at < texts.length; at += ENCODED_BATCH_SIZE) {
    const batch = texts.slice(at, at + ENCODED_BATCH_SIZE);
    const vectors = await encode(batch);
    learnMeanings(batch.map((text, place) => [text, vectors[place] ?? NO_VECTOR]));
  }
};

const stemsIn = ({ sentences, title }: Texts): ReadonlySet<string> => new Set(stemsOf([title, ...sentences].join("\n")));

type Encoded = {
  readonly compared: Texts;
  readonly vectors: readonly Float32Array[];
  readonly towers: Towers;
};

const readArticle = (article: Article, { compared, towers, vectors }: Encoded): Omit<ReadArticle, "id"> => {
  const { sentences, title } = compared;
  const standing = splitSentences(article.body).map((text, index) =>
    readSentence(sentences[index] ?? text, { text, index, title, towers, vector: vectors[index + 1] ?? NO_VECTOR }),
  );
  return {
    title: wordsOf(title, wordVectors),
    titleVector: vectors[0] ?? NO_VECTOR,
    titleTower: project({ text: title, vector: vectors[0] ?? NO_VECTOR }, towers),
    titleHolidays: holidaysIn(title),
    whole: wordsOf([title, ...sentences].join("\n"), wordVectors),
    sentences: standing,
    ...readKnown(article, { sentences: standing, words: stemsIn(compared), towers }),
  };
};

type Placed = {
  readonly text: string;
  readonly index: number;
  readonly title: string;
  readonly vector: Float32Array;
  readonly towers: Towers;
};

const readSentence = (compared: string, { index, text, title, towers, vector }: Placed): Sentence => {
  const tower = project({ text: `${title}: ${compared}`, vector }, towers);
  return {
    ...wordsOf(compared, wordVectors),
    text,
    compared,
    index,
    kinds: kindsGiven(compared),
    weekdays: weekdaysIn(compared),
    holidays: holidaysIn(compared),
    dates: datesIn(compared),
    ages: ageRangesIn(compared),
    vector,
    tower,
    topics: topicsOf(tower, towers.statements),
  };
};

type Answering = Pick<Encoded, "towers"> & { readonly sentences: readonly Sentence[]; readonly words: ReadonlySet<string> };

/** By the sentences that answer them. A question whose sentences do not all stand in the article answers nothing. */
const readKnown = (article: Article, { sentences, towers, words }: Answering): Pick<ReadArticle, "asked" | "beside"> => {
  const readOne = (written: string): KnownQuestion => {
    const text = withoutCourtesies(asCompared(written));
    const asked = readAsked(text, words);
    const vector = meaningOf(encodedTextOf(text, { asked, isEnglish: isEnglish(text) })) ?? NO_VECTOR;
    return asKnown(questionOf(text, { asked, vector, towers, vectors: new Map() }));
  };
  const groups = new Map<string, { readonly sentences: readonly Sentence[]; readonly questions: KnownQuestion[] }>();
  const beside: KnownQuestion[] = [];
  for (const { sentences: answering, text } of article.asked ?? []) {
    const found = sentences.filter((sentence) => answering.includes(sentence.text));
    if (answering.length === 0) {
      beside.push(readOne(text));
    } else if (found.length > 0 && found.length >= answering.length) {
      const key = found.map(({ index }) => index).join(" ");
      const group = groups.get(key) ?? { sentences: found, questions: [] };
      groups.set(key, group);
      group.questions.push(readOne(text));
    }
  }
  return { asked: [...groups.values()], beside };
};
