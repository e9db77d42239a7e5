import { type AskedWeights, chooseAsked } from "#server/understanding/answering/asked-choice.ts";
import { weigh } from "#server/understanding/answering/choose.ts";
import { groupFeatures, type Nearest, nearestIn } from "#server/understanding/answering/compare-asked.ts";
import { PARAPHRASE_FEATURES } from "#server/understanding/answering/paraphrase.ts";
import { splitQuestions } from "#server/understanding/sentences.ts";
import { fitLogistic, fitRanking, type Group, type Logistic } from "../knowledge/fit.ts";
import { type ChosenAsked, judged } from "../knowledge/judged.ts";
import type { Sample } from "../knowledge/samples.ts";

/** Which known question of a group is the nearest depends on the weights, and they on it: a few rounds settle both. */
const ROUNDS = 3;

/** What the first round takes for near. */
const FIRST: Readonly<Record<string, number>> = { likeness: 3, towerLikeness: 3, wordsShared: 3 };

/** What counts more or less when certainty is fitted. */
const WEIGHT = { answerable: 1, unanswerable: 2, taken: 0.4 } as const;
const DAMPING = 0.001;
/** So many of them are held against what is right. */
const BESIDE_COUNT = 5;

/** How questions that mean the same are told from others, and their groups ranked. */
export const fitAsked = (samples: readonly Sample[]): AskedWeights => {
  const known = samples.filter(({ compared, kind }) => kind === "answerable" && compared.groups.length > 0);
  let paraphrase: readonly number[] = PARAPHRASE_FEATURES.map((name) => FIRST[name] ?? 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    paraphrase = fitRanking(paraphraseGroupsOf(known, paraphrase));
  }
  return { paraphrase, ranking: fitRanking(groupsOf(known, paraphrase, groupFeatures)) };
};

type Rows = (nearest: Nearest) => readonly number[];

const groupsOf = (samples: readonly Sample[], paraphrase: readonly number[], rowOf: Rows): readonly Group[] =>
  samples
    .map(({ articleIds, compared, mustContain }) => ({
      rows: compared.groups.map((one) => rowOf(nearestIn(one, paraphrase))),
      isRight: compared.groups.map(
        ({ article, group }) =>
          articleIds.includes(article.id) && group.sentences.some(({ text }) => mustContain.some((words) => text.includes(words))),
      ),
    }))
    .filter(({ isRight }) => isRight.includes(true));

/** With the nearest of what has no answer among the wrong ones. */
const paraphraseGroupsOf = (samples: readonly Sample[], paraphrase: readonly number[]): readonly Group[] =>
  samples.flatMap((sample) =>
    groupsOf([sample], paraphrase, ({ row }) => row).map(({ isRight, rows }) => {
      const without = sample.compared.beside
        .map(({ row }) => ({ row, near: weigh(paraphrase, row) }))
        .toSorted((left, right) => right.near - left.near)
        .slice(0, BESIDE_COUNT)
        .map(({ row }) => row);
      return { rows: [...rows, ...without], isRight: [...isRight, ...without.map(() => false)] };
    }),
  );

/** What would be told, and whether it answers. */
export const chosenAsked = (
  samples: readonly Sample[],
  weights: { readonly asked: AskedWeights; readonly ranking: readonly number[] },
): readonly ChosenAsked[] =>
  samples.flatMap((sample) => {
    // Several questions at once are answered one by one.
    return judged(sample, splitQuestions(sample.text).length > 1 ? null : chooseAsked(sample.compared, weights));
  });

export const askedCertaintyFrom = (chosen: readonly ChosenAsked[]): Logistic =>
  fitLogistic(
    chosen.map(({ choice, isRight, sample }) => ({ features: choice.features, isRight, weight: WEIGHT[sample.kind] })),
    DAMPING,
  );
