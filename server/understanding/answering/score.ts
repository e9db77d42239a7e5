import type { Bridge } from "./bridge.ts";
import { candidatesFor, type Choice, choose, weigh } from "./choose.ts";
import { isWeighty, names } from "./names.ts";
import type { ReadArticle } from "./library.ts";
import { isPlainlyAnswered } from "./plain-question.ts";
import { isBesideThePoint } from "./qualifiers.ts";
import type { Question } from "./read-question.ts";
import { topicsShared } from "./towers.ts";

/** What `npm run train:answers` found on the tuning clubs. */
export type AnswerWeights = {
  /** In the order of `RANKED_FEATURES`. */
  readonly ranking: readonly number[];
  /** In the order of `CHOICE_FEATURES`. */
  readonly certainty: { readonly constant: number; readonly weights: readonly number[] };
  /** From this score on an answer is sent without a model. */
  readonly certainFrom: number;
  /** From this score on it is worth a draft. */
  readonly likelyFrom: number;
};

export type Scored = Choice & { /** 0..1, the chance that the sentences answer the question. */ readonly score: number };

export const bestAnswer = (
  question: Question,
  { articles, bridge, weights }: { readonly articles: readonly ReadArticle[]; readonly weights: AnswerWeights; readonly bridge: Bridge },
): Scored | null => {
  const choice = choose(question, { bridge, ranking: weights.ranking, candidates: candidatesFor(question, { articles, bridge }) });
  if (choice === null || isOverruled(question, { choice, articles })) {
    return null;
  }
  const score = scoreOf(question, { choice, certainty: weights.certainty });
  const isPlain = score >= PLAIN_CERTAIN_FROM && isPlainlyAnswered(question, choice);
  return { ...choice, score: isPlain ? Math.max(score, weights.certainFrom) : score };
};

/** A question that names only what title and sentence name needs less proof: from here on none of the answerable ones was answered wrongly on any club. */
const PLAIN_CERTAIN_FROM = 0.75;

/** From this share of common topics on, two texts speak of the same without naming it in the same words. */
const SAME_TOPIC = 0.4;

/** Ids of the articles that name what is asked or speak of its topic, best first. Whether any of them answers is another question. */
export const rankArticles = (
  question: Question,
  { articles, bridge, weights }: { readonly articles: readonly ReadArticle[]; readonly weights: AnswerWeights; readonly bridge: Bridge },
): readonly string[] => {
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
  { articles, choice }: { readonly choice: Choice; readonly articles: readonly ReadArticle[] },
): boolean => {
  const things = question.asked.filter(({ kind }) => kind === "thing" || kind === "unknown");
  const before = articles.slice(0, articles.indexOf(choice.article));
  return before.some(({ sentences, title }) =>
    sentences.some(
      (sentence) =>
        things.length > 0 && INTERRUPTED.test(sentence.text) && things.every((asked) => names(sentence, asked) || names(title, asked)),
    ),
  );
};

const INTERRUPTED =
  /\b(closed|shut|out of (order|service)|unavailable|cancell?ed|postponed|suspended|moved|until further notice|no longer|cerrad[oa]s?)\b/i;

export const scoreOf = (
  question: Question,
  { certainty, choice }: { readonly choice: Choice; readonly certainty: AnswerWeights["certainty"] },
): number => {
  if (isBesideThePoint(question, choice)) {
    return 0;
  }
  return Math.round(1_000 / (1 + Math.exp(-(certainty.constant + weigh(certainty.weights, choice.features))))) / 1_000;
};
