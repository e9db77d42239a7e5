import { type AskedChoice, type AskedWeights, chooseAsked } from "./asked-choice.ts";
import type { Bridge } from "./bridge.ts";
import { candidatesFor, type Choice, choose, weigh } from "./choose.ts";
import { completed } from "./completed.ts";
import { compareAsked } from "./compare-asked.ts";
import { isWeighty, names } from "./names.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import { isAskedWordForWord } from "./same-words.ts";
import { isPlainlyAnswered } from "./plain-question.ts";
import { isBesideThePoint } from "./qualifiers.ts";
import type { Question } from "./read-question.ts";
import { topicsShared } from "./towers.ts";

export type Certainty = { readonly constant: number; readonly weights: readonly number[] };

/** What `npm run train:answers` found on the tuning clubs. */
export type AnswerWeights = {
  /** In the order of `RANKED_FEATURES`. */
  readonly ranking: readonly number[];
  /** In the order of `CHOICE_FEATURES`. */
  readonly certainty: Certainty;
  readonly asked: AskedWeights & {
    readonly certainty: Certainty;
    /** From this chance on an answer is certain. */
    readonly certainFrom: number;
    /** The same where few ways of asking for it are known. */
    readonly certainFromFew: number;
  };
  /** From this score on an answer is sent without a model. */
  readonly certainFrom: number;
  /** From this score on it is worth a draft. */
  readonly likelyFrom: number;
};

/** The chance that some sentences answer a question. */
export type Scored = {
  readonly article: ReadArticle;
  /** In the order of the article. */
  readonly sentences: readonly Sentence[];
  /** 0..1. */
  readonly score: number;
};

type Library = { readonly articles: readonly ReadArticle[]; readonly bridge: Bridge; readonly weights: AnswerWeights };

/** By what was asked before with the same meaning, or by the sentences alone: whichever is surer. */
export const bestAnswer = (question: Question, { articles, bridge, weights }: Library): Scored | null => {
  const candidates = candidatesFor(question, { articles, bridge });
  const answers = [
    ...[chooseAsked(compareAsked(question, { articles, candidates }), { asked: weights.asked, ranking: weights.ranking })].map(
      (choice) => choice && withScore(completed(question, choice), (whole) => askedScore(question, { articles, choice: whole, weights })),
    ),
    ...[choose(question, { bridge, ranking: weights.ranking, candidates })].map(
      (choice) => choice && withScore(completed(question, choice), (whole) => plainScore(question, { choice: whole, weights })),
    ),
  ];
  return answers.reduce<Scored | null>(
    (best, answer) =>
      answer === null || isOverruled(question, { choice: answer, articles }) || (best !== null && best.score >= answer.score)
        ? best
        : answer,
    null,
  );
};

const withScore = <C>(choice: C | null, weighed: (choice: C) => number): (C & { readonly score: number }) | null =>
  choice && { ...choice, score: weighed(choice) };

type Weighing<C> = { readonly choice: C; readonly weights: AnswerWeights };

/** On one scale with the other: what is certain here is certain there. */
const askedScore = (question: Question, { articles, choice, weights }: Weighing<AskedChoice> & Pick<Library, "articles">): number => {
  const score = scoreOf(question, { choice, certainty: weights.asked.certainty });
  const from = weights.asked[hasFewQuestions(choice) ? "certainFromFew" : "certainFrom"];
  const isCertain = score >= from || (score >= SAME_WORDS_FROM && isAskedWordForWord(question, { articles, choice }));
  return isCertain ? Math.max(score, weights.certainFrom) : Math.min(score, weights.certainFrom - STEP);
};

/** The same words leave little doubt; where the rest speaks against it all the same, they are not enough. */
const SAME_WORDS_FROM = 0.5;

/** Chosen by us: half of what one suggestion of questions brings a sentence. */
const FEW_QUESTIONS = 8;

export const hasFewQuestions = ({ known }: Pick<AskedChoice, "known">): boolean => known.length < FEW_QUESTIONS;

const plainScore = (question: Question, { choice, weights }: Weighing<Choice>): number => {
  const score = scoreOf(question, { choice, certainty: weights.certainty });
  const isPlain = score >= PLAIN_CERTAIN_FROM && isPlainlyAnswered(question, choice);
  return isPlain ? Math.max(score, weights.certainFrom) : score;
};

/** Scores are rounded to this. */
const STEP = 0.001;

/** A question that names only what title and sentence name needs less proof: from here on none of the answerable ones was answered wrongly on any club. */
const PLAIN_CERTAIN_FROM = 0.75;

/** From this share of common topics on, two texts speak of the same without naming it in the same words. */
const SAME_TOPIC = 0.4;

/** Ids of the articles that name what is asked or speak of its topic, best first. Whether any of them answers is another question. */
export const rankArticles = (question: Question, { articles, bridge, weights }: Library): readonly string[] => {
  const best = new Map<ReadArticle, number>();
  for (const { article, features } of candidatesFor(question, { articles, bridge })) {
    best.set(article, Math.max(best.get(article) ?? -Infinity, weigh(weights.ranking, features)));
  }
  return [...best]
    .filter(([article]) => isAbout(article, question))
    .toSorted(([, left], [, right]) => right - left)
    .map(([{ id }]) => id);
};

const isAbout = ({ sentences, whole }: ReadArticle, question: Question): boolean =>
  question.asked.some((asked) => isWeighty(asked) && names(whole, asked)) ||
  sentences.some(({ topics }) => topicsShared(question.topics, topics) >= SAME_TOPIC);

/** An interruption that stands before the chosen article: what is usually so may not be so today, and that is no plain matter. */
const isOverruled = (
  question: Question,
  { articles, choice }: { readonly choice: Pick<Choice, "article">; readonly articles: readonly ReadArticle[] },
): boolean => {
  const things = question.asked.filter(({ kind }) => kind === "thing" || kind === "unknown");
  const before = articles.slice(0, articles.indexOf(choice.article));
  return before.some(({ sentences, title }) =>
    sentences.some(
      (sentence) =>
        things.length > 0 && INTERRUPTED.test(sentence.compared) && things.every((asked) => names(sentence, asked) || names(title, asked)),
    ),
  );
};

const INTERRUPTED =
  /\b(closed|shut|out of (order|service)|unavailable|cancell?ed|postponed|suspended|moved|until further notice|no longer|cerrad[oa]s?)\b/i;

/** 0 where something in the question can not have been answered. */
export const scoreOf = (
  question: Question,
  { certainty, choice }: { readonly choice: Choice | AskedChoice; readonly certainty: Certainty },
): number => {
  if (isBesideThePoint(question, choice)) {
    return 0;
  }
  return Math.round(1_000 / (1 + Math.exp(-(certainty.constant + weigh(certainty.weights, choice.features))))) / 1_000;
};
