import { weigh } from "./choose.ts";
import { type Comparison, groupFeatures, nearestIn, type Nearest, type WordAsked } from "./compare-asked.ts";
import type { ReadArticle, Sentence } from "./library.ts";
import type { KnownQuestion } from "./read-question.ts";

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
  readonly known: readonly KnownQuestion[];
  /** What speaks for and against it, in the order of `choiceFeatures`. */
  readonly features: readonly number[];
};

/** Another answer of the same article that is no further behind is told with it, up to so many sentences in all. */
const QUOTED_WITHIN = 1;
const SENTENCES_MAX = 3;
const LEAD_MAX = 5;
const SCORE_SCALE = 5;
const TINY = 1e-4;

type Ranked = Nearest & { readonly score: number };
type Weights = { readonly asked: AskedWeights; readonly ranking: readonly number[] };

/** The answer to the known questions that a question is most like. `ranking` is the one of sentences. */
export const chooseAsked = ({ beside, groups, words }: Comparison, { asked, ranking }: Weights): AskedChoice | null => {
  const ranked: readonly Ranked[] = groups
    .map((one) => nearestIn(one, asked.paraphrase))
    .map((one) => ({ ...one, score: weigh(asked.ranking, groupFeatures(one)) }))
    .toSorted((left, right) => right.score - left.score);
  const [best] = ranked;
  if (best === undefined) {
    return null;
  }
  const { article } = best.compared;
  const told = ranked.filter(({ compared: { article: other }, score }) => other === article && score >= best.score - QUOTED_WITHIN);
  const { sentences: whole } = best.compared.group;
  const sentences = [...new Set([...whole, ...told.flatMap(({ compared: { group } }) => group.sentences)])].slice(
    0,
    Math.max(whole.length, SENTENCES_MAX),
  );
  const without = beside.map((one) => ({ article: one.article, near: weigh(asked.paraphrase, one.row) }));
  return {
    article,
    sentences: sentences.toSorted((left, right) => left.index - right.index),
    known: told.flatMap(({ compared: { group } }) => group.questions),
    features: [
      ...choiceFeatures(best, { ranked, told, ranking }),
      ...besideFeatures(best, { ranked, told, without }),
      ...wordFeatures(words, told),
    ],
  };
};

type Around = { readonly ranked: readonly Ranked[]; readonly told: readonly Ranked[]; readonly ranking: readonly number[] };

const choiceFeatures = (best: Ranked, { ranked, ranking, told }: Around): readonly number[] => {
  const others = ranked.filter((one) => !told.includes(one));
  const whole = ranked.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const own = ranked.reduce(
    (sum, { compared, score }) => sum + (compared.article === best.compared.article ? Math.exp(score - best.score) : 0),
    0,
  );
  const said = (one: Ranked): number => weigh(ranking, one.compared.sentence);
  return [
    best.score / SCORE_SCALE,
    leadOver(
      best.score,
      others.map(({ score }) => score),
    ),
    Math.log(told.reduce((sum, { score }) => sum + Math.exp(score - best.score), 0) / whole + TINY),
    Math.log(own / whole + TINY),
    best.best,
    best.mean,
    leadOver(
      best.best,
      others.map((one) => one.best),
    ),
    leadOver(said(best), others.map(said)),
    Math.min(1, best.compared.rows.length / SCORE_SCALE),
    ...best.row,
  ];
};

/** How far something is before the highest of others; nothing to be before is the most. */
const leadOver = (value: number, others: readonly number[]): number => {
  const highest = others.reduce((most, other) => Math.max(most, other), value - LEAD_MAX);
  return Math.max(-LEAD_MAX, Math.min(LEAD_MAX, value - highest));
};

type Without = { readonly article: ReadArticle; readonly near: number };

/** Among so many nearest known questions it is counted who leads where. */
const COUNTED = [1, 5, 10] as const;

/** What is near and has no answer here speaks against an answer, the more so in the same article. */
const besideFeatures = (
  best: Ranked,
  { ranked, told, without }: { readonly ranked: readonly Ranked[]; readonly told: readonly Ranked[]; readonly without: readonly Without[] },
): readonly number[] => {
  const own = without.filter(({ article }) => article === best.compared.article);
  const near = [
    ...ranked.flatMap((one) => one.scores.map((score) => ({ score, isTold: told.includes(one), isBeside: false }))),
    ...without.map((one) => ({ score: one.near, isTold: false, isBeside: true })),
  ].toSorted((left, right) => right.score - left.score);
  const whole = near.reduce((sum, { score }) => sum + Math.exp(score - best.best), 0);
  const share = (of: (one: (typeof near)[number]) => boolean): number =>
    near.reduce((sum, one) => sum + (of(one) ? Math.exp(one.score - best.best) : 0), 0) / whole;
  return [
    leadOver(
      best.best,
      without.map((one) => one.near),
    ),
    leadOver(
      best.mean,
      without.map((one) => one.near),
    ),
    leadOver(
      best.best,
      own.map((one) => one.near),
    ),
    ...COUNTED.map((count) => near.slice(0, count).filter(({ isTold }) => isTold).length / count),
    ...COUNTED.map((count) => near.slice(0, count).filter(({ isBeside }) => isBeside).length / count),
    Math.log(share(({ isTold }) => isTold) + TINY),
    share(({ isBeside }) => isBeside),
  ];
};

const UNCOVERED_MAX = 3;
/** From this on a word is one that few known questions have. */
const RARE_FROM = 0.5;

/** What of the question is said nowhere in all the ways of asking for the answer, and neither in the answer itself. */
const wordFeatures = (words: readonly WordAsked[], told: readonly Ranked[]): readonly number[] => {
  const said = new Set(
    told.flatMap(({ compared: { article, group } }) => [
      ...article.title.stems,
      ...group.sentences.flatMap(({ stems }) => [...stems]),
      ...group.questions.flatMap(({ stems }) => [...stems]),
    ]),
  );
  const open = words.filter(({ stem }) => !said.has(stem));
  return [true, false].flatMap((isCircumstance) => {
    const [all, some] = [words, open].map((list) =>
      list.filter((word) => word.isCircumstance === isCircumstance).map(({ rarity }) => rarity),
    );
    const sum = (rarities: readonly number[] = []): number => rarities.reduce((total, rarity) => total + rarity, 0);
    return [
      sum(some) / (sum(all) || 1),
      Math.min(UNCOVERED_MAX, some?.length ?? 0),
      Math.min(UNCOVERED_MAX, some?.filter((rarity) => rarity >= RARE_FROM).length ?? 0),
      some?.reduce((most, rarity) => Math.max(most, rarity), 0) ?? 0,
    ];
  });
};
