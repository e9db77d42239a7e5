import { likeness } from "../../domain/sentence-vectors.ts";
import { arrivalOf, type Bridge, crossingOf } from "./bridge.ts";
import { fieldOf, PAIR_FEATURES, pairFeatures, topTopicOf } from "./features.ts";
import { isWeighty, names } from "./names.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import type { Question } from "./read-question.ts";
import type { Asked } from "./read-words.ts";

export const RANKED_FEATURES = [...PAIR_FEATURES, "arrival", "arrivalBest"] as const;

export type Candidate = { readonly article: ReadArticle; readonly sentence: Sentence; readonly features: readonly number[] };

/** Every sentence of the club with the numbers it is ranked by. */
export const candidatesFor = (
  question: Question,
  { articles, bridge }: { readonly articles: readonly ReadArticle[]; readonly bridge: Bridge },
): readonly Candidate[] => {
  const field = fieldOf(question, articles);
  const crossing = crossingOf(question.vector, bridge);
  return articles.flatMap((article) =>
    article.sentences
      .filter((sentence) => !isForAnotherDay(sentence, question))
      .map((sentence) => ({
        article,
        sentence,
        features: [...pairFeatures(question, { article, sentence, field }), ...arrivalOf(sentence.vector, { bridge, crossing })],
      })),
  );
};

/** What holds on Thanksgiving does not answer a question for tonight. */
const isForAnotherDay = ({ holidays }: Sentence, question: Question): boolean =>
  question.holidays.size === 0 && question.dates.length === 0 && [...holidays].some((holiday) => holiday !== "any");

export type Choice = {
  readonly article: ReadArticle;
  /** In the order of the article. */
  readonly sentences: readonly Sentence[];
  /** What speaks for and against it, in the order of `CHOICE_FEATURES`. */
  readonly features: readonly number[];
};

const SENTENCES_MAX = 3;
/** A sentence further than this behind the best is not quoted with it; chosen on the tuning clubs. */
const QUOTED_WITHIN = 3;

export const CHOICE_FEATURES = [
  "score",
  "lead",
  "articleShare",
  "sentenceShare",
  "towerLead",
  "towerRank",
  ...RANKED_FEATURES,
  ...["Quote", "Article", "Club"].flatMap((where) => ["thing", "way", "unknown"].map((kind) => `${kind}MissingIn${where}`)),
  "nothingMissing",
  "aboutNow",
  "allKinds",
  "kindsMissing",
  "nearestKnown",
  "topicSure",
  "nothingAsked",
  "askedCount",
  "wordCount",
  "noKind",
] as const;

/** The sentences of one article that fit a question best. */
export const choose = (
  question: Question,
  {
    bridge,
    candidates,
    ranking,
  }: { readonly candidates: readonly Candidate[]; readonly ranking: readonly number[]; readonly bridge: Bridge },
): Choice | null => {
  const scored = candidates
    .map((candidate) => ({ ...candidate, score: weigh(ranking, candidate.features) }))
    .toSorted((left, right) => right.score - left.score);
  const [best] = scored;
  if (best === undefined) {
    return null;
  }
  const own = scored.filter(({ article }) => article === best.article);
  const quoted = own.slice(0, SENTENCES_MAX).filter(({ score }) => score > best.score - QUOTED_WITHIN);
  const whole = scored.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const share = own.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0) / whole;
  const next = scored.find(({ article }) => article !== best.article)?.score ?? best.score - LEAD_MAX;
  const sentences = quoted.map(({ sentence }) => sentence).toSorted((left, right) => left.index - right.index);
  return {
    article: best.article,
    sentences,
    features: [
      best.score / SCORE_SCALE,
      Math.min(LEAD_MAX, best.score - next),
      Math.log(share + TINY),
      1 / whole,
      towerLeadOf(question, { best: best.article, candidates }),
      isTowersFirst(question, { best: best.sentence, candidates }),
      ...best.features,
      ...missingFeatures(question, { article: best.article, sentences, candidates }),
      crossingOf(question.vector, bridge)[0]?.likeness ?? 0,
      question.topics[topTopicOf(question)] ?? 0,
      ...shapeOf(question),
    ],
  };
};

/** How much more the best sentence of the chosen article is meant than the best of any other. */
const towerLeadOf = (
  question: Question,
  { best, candidates }: { readonly best: ReadArticle; readonly candidates: readonly Candidate[] },
): number => {
  const top = (own: boolean): number =>
    candidates.reduce(
      (most, { article, sentence }) => ((article === best) === own ? Math.max(most, likeness(question.tower, sentence.tower)) : most),
      0,
    );
  return top(true) - top(false);
};

const isTowersFirst = (
  question: Question,
  { best, candidates }: { readonly best: Sentence; readonly candidates: readonly Candidate[] },
): number => (candidates.every(({ sentence }) => likeness(question.tower, sentence.tower) <= likeness(question.tower, best.tower)) ? 1 : 0);

const LEAD_MAX = 3;
const SCORE_SCALE = 5;
const TINY = 1e-4;

export const weigh = (weights: readonly number[], features: readonly number[]): number =>
  features.reduce((sum, value, place) => sum + value * (weights[place] ?? 0), 0);

type Chosen = { readonly article: ReadArticle; readonly sentences: readonly Sentence[]; readonly candidates: readonly Candidate[] };

const missingFeatures = (question: Question, { article, candidates, sentences }: Chosen): readonly number[] => {
  const articles = new Set(candidates.map((candidate) => candidate.article));
  const weighty = question.asked.filter(isWeighty);
  const inQuote = (asked: Asked): boolean => names(article.title, asked) || sentences.some((sentence) => names(sentence, asked));
  const missing = [
    inQuote,
    (asked: Asked) => names(article.whole, asked),
    (asked: Asked) => [...articles].some(({ whole }) => names(whole, asked)),
  ].map((isThere) => weighty.filter((asked) => !isThere(asked)));
  const kinds = new Set(sentences.flatMap((sentence) => [...sentence.kinds]));
  const kindsMissing = [...question.kinds].filter((kind) => !kinds.has(kind)).length;
  return [
    ...missing.flatMap((list) =>
      (["thing", "way", "unknown"] as const).map((kind) => Math.min(2, list.filter((asked) => asked.kind === kind).length)),
    ),
    missing[0]?.length === 0 ? 1 : 0,
    question.isAboutNow ? 1 : 0,
    kindsMissing === 0 ? 1 : 0,
    kindsMissing,
  ];
};

const shapeOf = (question: Question): readonly number[] => {
  const weighty = question.asked.filter(isWeighty).length;
  return [
    weighty === 0 ? 1 : 0,
    Math.min(3, weighty) / 3,
    Math.min(2, question.text.split(/\s+/u).length / 15),
    question.kinds.size === 0 ? 1 : 0,
  ];
};
