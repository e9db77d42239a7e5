import { CATEGORIES } from "#server/domain/categories.ts";
import { type Features, OFFSETS, type Stretch, STRETCH_NAMES } from "#server/understanding/features.ts";
import { openHead } from "#server/understanding/heads.ts";
import { scoresOf } from "#server/understanding/judge.ts";
import { fitCategory, isKnownQuestion, trainingSet } from "./fit-weights.ts";
import type { Sample } from "./samples.ts";

export type Ablated = { readonly left: string; readonly accuracy: number; readonly macroF1: number };

const LEFT_OUT: Readonly<Record<string, readonly Stretch[]>> = {
  everything: [],
  "without sentence vectors": ["vector"],
  "without words": ["words"],
  "without characters": ["characters"],
  "without cues": ["cues", "cueScores", "risks"],
  "without context": ["context"],
};
const FOLD_COUNT = 3;

/** How well categories are told on messages set aside when a kind of features is missing. */
export const ablation = async (samples: readonly Sample[]): Promise<readonly Ablated[]> => {
  const ablated: Ablated[] = [];
  for (const [left, stretches] of Object.entries(LEFT_OUT)) {
    const reduced = (sample: Sample): Sample => ({ ...sample, features: without(sample.features, stretches) });
    const said: { readonly sample: Sample; readonly category: string }[] = [];
    for (let fold = 0; fold < FOLD_COUNT; fold += 1) {
      const set = await trainingSet(samples.filter((_, row) => row % FOLD_COUNT !== fold));
      const rows = set.rows.map((row) => ({ ...row, features: without(row.features, stretches) }));
      const head = openHead(fitCategory({ samples: set.samples, rows }));
      for (const sample of samples.filter((one, row) => row % FOLD_COUNT === fold && !isKnownQuestion(one))) {
        const scores = scoresOf(head, reduced(sample).features);
        said.push({ sample, category: head.labels[scores.indexOf(Math.max(...scores))] ?? "" });
      }
    }
    ablated.push({ left, ...scored(said) });
  }
  return ablated;
};

const scored = (said: readonly { readonly sample: Sample; readonly category: string }[]): Omit<Ablated, "left"> => {
  const f1 = CATEGORIES.map((category) => {
    const right = said.filter((one) => one.category === category && one.sample.category === category).length;
    const all = said.filter((one) => one.category === category).length + said.filter(({ sample }) => sample.category === category).length;
    return all === 0 ? 0 : (2 * right) / all;
  });
  return {
    accuracy: said.filter(({ category, sample }) => category === sample.category).length / said.length,
    macroF1: f1.reduce((sum, value) => sum + value, 0) / f1.length,
  };
};

const without = ({ indices, values }: Features, stretches: readonly Stretch[]): Features => {
  const kept = indices.map((index) => !stretches.includes(stretchOf(index)));
  return { indices: indices.filter((_, at) => kept[at]), values: values.filter((_, at) => kept[at]) };
};

const stretchOf = (index: number): Stretch => STRETCH_NAMES.findLast((name) => OFFSETS[name] <= index) ?? "words";
