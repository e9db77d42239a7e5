import { type Candidate, weigh } from "./choose.ts";
import type { AskedGroup, ReadArticle, Sentence } from "./library.ts";
import { paraphraseFeatures, rarityAmong } from "./paraphrase.ts";
import type { Question } from "./read-question.ts";

/** A group of known questions with what a member's question has in common with each of them. */
export type Compared = {
  readonly article: ReadArticle;
  readonly group: AskedGroup;
  /** One row a known question, in the order of `PARAPHRASE_FEATURES`. */
  readonly rows: readonly (readonly number[])[];
  /** How the first of its sentences stands to the question, in the order of `RANKED_FEATURES`. */
  readonly sentence: readonly number[];
};

export const compareAll = (
  question: Question,
  { articles, candidates }: { readonly articles: readonly ReadArticle[]; readonly candidates: readonly Candidate[] },
): readonly Compared[] => {
  const rarity = rarityAmong(articles.flatMap(({ asked }) => asked.flatMap(({ questions }) => questions)));
  const bySentence = new Map(candidates.map(({ features, sentence }) => [sentence, features]));
  return articles.flatMap((article) =>
    article.asked.flatMap((group) => {
      const features = group.sentences.map((sentence) => bySentence.get(sentence)).find((found) => found !== undefined);
      // A sentence that is no candidate holds for another day.
      return features === undefined
        ? []
        : [
            {
              article,
              group,
              rows: group.questions.map((known) => paraphraseFeatures(question, { known, rarity })),
              sentence: features,
            },
          ];
    }),
  );
};

/** The known question of a group that is nearest, and how near the nearest two are. */
export type Nearest = { readonly compared: Compared; readonly row: readonly number[]; readonly best: number; readonly mean: number };

/** A group with a single question counts as having a second one that much further away. */
const ALONE_BEHIND = 2;

export const nearestIn = (compared: Compared, paraphrase: readonly number[]): Nearest => {
  let [best, second] = [-Infinity, -Infinity];
  let row = compared.rows[0] ?? [];
  for (const one of compared.rows) {
    const near = weigh(paraphrase, one);
    if (near > best) {
      [best, second, row] = [near, best, one];
    } else {
      second = Math.max(second, near);
    }
  }
  return { compared, row, best, mean: (best + Math.max(second, best - ALONE_BEHIND)) / 2 };
};

/** What a group is ranked by. */
export const groupFeatures = ({ best, compared, mean, row }: Nearest): readonly number[] => [best, mean, ...row, ...compared.sentence];

export type AskedWeights = {
  /** In the order of `PARAPHRASE_FEATURES`. */
  readonly paraphrase: readonly number[];
  /** In the order of `groupFeatures`. */
  readonly ranking: readonly number[];
};

export type AskedChoice = {
  readonly article: ReadArticle;
  /** In the order of the article. */
  readonly sentences: readonly Sentence[];
  /** The known questions that led to them. */
  readonly known: readonly Question[];
  /** What speaks for and against it, in the order of `choiceFeatures`. */
  readonly features: readonly number[];
};

const SENTENCES_MAX = 3;
/** Another answer of the same article that is no further behind is told with it. */
const QUOTED_WITHIN = 1;
const LEAD_MAX = 5;
const SCORE_SCALE = 5;
const TINY = 1e-4;

type Ranked = Nearest & { readonly score: number };

/** The answer to the known questions that a question is most like. `ranking` is the one of sentences. */
export const chooseAsked = (
  compared: readonly Compared[],
  { asked, ranking }: { readonly asked: AskedWeights; readonly ranking: readonly number[] },
): AskedChoice | null => {
  const ranked: readonly Ranked[] = compared
    .map((one) => nearestIn(one, asked.paraphrase))
    .map((one) => ({ ...one, score: weigh(asked.ranking, groupFeatures(one)) }))
    .toSorted((left, right) => right.score - left.score);
  const [best] = ranked;
  if (best === undefined) {
    return null;
  }
  const { article } = best.compared;
  const told = ranked.filter(({ compared: { article: other }, score }) => other === article && score >= best.score - QUOTED_WITHIN);
  const sentences = [...new Set(told.flatMap(({ compared: { group } }) => group.sentences))].slice(0, SENTENCES_MAX);
  return {
    article,
    sentences: sentences.toSorted((left, right) => left.index - right.index),
    known: told.flatMap(({ compared: { group } }) => group.questions),
    features: choiceFeatures(best, { ranked, told, ranking }),
  };
};

type Around = { readonly ranked: readonly Ranked[]; readonly told: readonly Ranked[]; readonly ranking: readonly number[] };

const choiceFeatures = (best: Ranked, { ranked, ranking, told }: Around): readonly number[] => {
  const others = ranked.filter((one) => !told.includes(one));
  const highest = (values: readonly number[], least: number): number => values.reduce((most, value) => Math.max(most, value), least);
  const whole = ranked.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const own = ranked.reduce(
    (sum, { compared, score }) => sum + (compared.article === best.compared.article ? Math.exp(score - best.score) : 0),
    0,
  );
  const said = (one: Ranked): number => weigh(ranking, one.compared.sentence);
  return [
    best.score / SCORE_SCALE,
    Math.min(
      LEAD_MAX,
      best.score -
        highest(
          others.map(({ score }) => score),
          best.score - LEAD_MAX,
        ),
    ),
    Math.log(told.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0) / whole + TINY),
    Math.log(own / whole + TINY),
    best.best,
    best.mean,
    Math.min(
      LEAD_MAX,
      best.best -
        highest(
          others.map((one) => one.best),
          best.best - LEAD_MAX,
        ),
    ),
    Math.max(-LEAD_MAX, Math.min(LEAD_MAX, said(best) - highest(others.map(said), said(best) - LEAD_MAX))),
    Math.min(1, best.compared.rows.length / SCORE_SCALE),
    ...best.row,
  ];
};
