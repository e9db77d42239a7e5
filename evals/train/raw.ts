import { openWeights, type Weights } from "#server/understanding/heads.ts";
import { chancesOf, type Matters, mattersOf, scoresOf } from "#server/understanding/judge.ts";
import { fitMainHeads, trainingSet } from "./fit-weights.ts";
import type { Sample } from "./samples.ts";

/** What the heads say of one message before any calibration or threshold. */
export type Raw = {
  readonly sample: Sample;
  /** In the order of `CATEGORIES`. */
  readonly categories: readonly number[];
  readonly matters: Matters;
  /** What judged it. */
  readonly weights: Weights;
};

const UNTUNED = { calibration: [], thresholds: { optOutCertain: 1, optOutPossible: 1, needsPerson: 1, risks: {} } };

export const FOLD_COUNT = 5;

/** Every message judged by weights that were fitted without it. */
export const crossValidate = async (samples: readonly Sample[]): Promise<readonly Raw[]> => {
  const raws: Raw[] = [];
  for (let fold = 0; fold < FOLD_COUNT; fold += 1) {
    const set = await trainingSet(samples.filter((_, row) => row % FOLD_COUNT !== fold));
    const weights = openWeights({ ...fitMainHeads(set), subIntents: {}, ...UNTUNED });
    const left = samples.filter((_, row) => row % FOLD_COUNT === fold);
    raws.push(
      ...left.map((sample) => ({
        sample,
        weights,
        categories: chancesOf(scoresOf(weights.category, sample.features)),
        matters: mattersOf(sample.features, weights),
      })),
    );
  }
  return raws;
};
