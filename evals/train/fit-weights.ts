import { RISK_FLAGS } from "#server/domain/intent.ts";
import { CATEGORIES } from "#server/domain/categories.ts";
import { FEATURE_COUNT, FEATURE_COUNT_WITHOUT_CHARACTERS } from "#server/understanding/features.ts";
import { MATTERS } from "#server/understanding/heads.ts";
import type { StoredHead, StoredWeights } from "#server/understanding/heads.ts";
import type { Example } from "./corpus.ts";
import { fitHead, type Row } from "./fit-head.ts";
import { inConversation } from "./in-conversation.ts";
import { type Sample, samplesOf } from "./samples.ts";

export type Heads = Pick<StoredWeights, "category" | "matters" | "subIntents">;

/** A message repeated in a conversation counts half: it is no new wording. */
const REPEATED_WEIGHT = 0.5;
/** Known questions are many and alike: at their full weight whatever is short would be taken for a question. */
const KNOWN_QUESTION_WEIGHT = 0.3;
const SEED = 20_261_121;

/** "A person must answer": what the recall of the agent is measured by. */
export const isForAPerson = ({ category, riskFlags }: Pick<Example, "category" | "riskFlags">): boolean =>
  category === "complaint" || riskFlags.length > 0;

export type TrainingSet = { readonly samples: readonly Sample[]; readonly rows: readonly Row[] };

/** The messages alone and once more as they stand in conversations. */
export const trainingSet = async (samples: readonly Sample[]): Promise<TrainingSet> => {
  const all = [...samples, ...(await samplesOf(inConversation(samples, SEED)))];
  const weightOf = (sample: Sample): number => (isKnownQuestion(sample) ? KNOWN_QUESTION_WEIGHT : 1);
  return {
    samples: all,
    rows: all.map((sample, row) => ({
      features: sample.features,
      weight: weightOf(sample) * (row < samples.length ? 1 : REPEATED_WEIGHT),
    })),
  };
};

/** One that the articles of a tuning club carry: no message that reached a club, so that nothing is measured by it. */
export const isKnownQuestion = ({ source }: Pick<Example, "source">): boolean => source === "d-asked";

export const fitWeights = async (samples: readonly Sample[]): Promise<Heads> => {
  const set = await trainingSet(samples);
  return {
    ...fitMainHeads(set),
    subIntents: Object.fromEntries(CATEGORIES.map((category) => [category, fitSubIntents(set, category)])),
  };
};

/** All but the sub-intents, for which nothing is tuned. */
export const fitMainHeads = (set: TrainingSet): Pick<Heads, "category" | "matters"> => ({
  category: fitCategory(set),
  matters: fitHead(set.rows, { labels: MATTERS, kind: "each", right: set.samples.map(mattersOf), featureCount: FEATURE_COUNT }),
});

export const fitCategory = ({ rows, samples }: TrainingSet): StoredHead =>
  fitHead(rows, {
    labels: CATEGORIES,
    kind: "one",
    right: samples.map(({ category }) => [CATEGORIES.indexOf(category)]),
    featureCount: FEATURE_COUNT,
  });

const mattersOf = (sample: Sample): readonly number[] =>
  [...RISK_FLAGS.map((flag) => sample.riskFlags.includes(flag)), isForAPerson(sample), sample.category === "opt_out"].flatMap(
    (isTrue, place) => (isTrue ? [place] : []),
  );

const fitSubIntents = ({ rows, samples }: TrainingSet, category: string): StoredHead => {
  const own = samples.flatMap((sample, row) => (sample.category === category ? [{ sample, row: rows[row] }] : []));
  const labels = [...new Set(own.map(({ sample }) => sample.subIntent))].toSorted();
  return fitHead(
    own.flatMap(({ row }) => row ?? []),
    {
      labels,
      kind: "one",
      right: own.map(({ sample }) => [labels.indexOf(sample.subIntent)]),
      featureCount: FEATURE_COUNT_WITHOUT_CHARACTERS,
    },
  );
};
