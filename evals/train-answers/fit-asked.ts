import { type AskedWeights, chooseAsked, groupFeatures, nearestIn } from "#server/understanding/answering/asked-choice.ts";
import { PARAPHRASE_FEATURES } from "#server/understanding/answering/paraphrase.ts";
import { splitQuestions } from "#server/understanding/sentences.ts";
import { fitLogistic, fitRanking, type Logistic } from "../knowledge/fit.ts";
import { type ChosenAsked, isAnswered } from "../knowledge/judged.ts";
import type { Sample } from "../knowledge/samples.ts";

/** Which known question of a group is the nearest depends on the weights, and they on it: a few rounds settle both. */
const ROUNDS = 3;

/** What the first round takes for near. */
const FIRST: Readonly<Record<string, number>> = { likeness: 3, towerLikeness: 3, wordsShared: 3 };

/** What counts more or less when certainty is fitted. */
const WEIGHT = { answerable: 1, unanswerable: 2, taken: 0.4 } as const;
const DAMPING = 0.01;

/** How questions that mean the same are told from others, and their groups ranked. */
export const fitAsked = (samples: readonly Sample[]): AskedWeights => {
  const known = samples.filter(({ compared, kind }) => kind === "answerable" && compared.length > 0);
  let paraphrase: readonly number[] = PARAPHRASE_FEATURES.map((name) => FIRST[name] ?? 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    paraphrase = fitRanking(groupsOf(known, paraphrase, ({ row }) => row));
  }
  return { paraphrase, ranking: fitRanking(groupsOf(known, paraphrase, groupFeatures)) };
};

type Rows = (nearest: ReturnType<typeof nearestIn>) => readonly number[];

const groupsOf = (samples: readonly Sample[], paraphrase: readonly number[], rowOf: Rows): Parameters<typeof fitRanking>[0] =>
  samples
    .map((sample) => ({
      rows: sample.compared.map((one) => rowOf(nearestIn(one, paraphrase))),
      isRight: sample.compared.map(
        ({ article, group }) =>
          sample.articleIds.includes(article.id) &&
          group.sentences.some(({ text }) => sample.mustContain.some((words) => text.includes(words))),
      ),
    }))
    .filter(({ isRight }) => isRight.includes(true));

/** What would be told, and whether it answers. */
export const chosenAsked = (
  samples: readonly Sample[],
  weights: { readonly asked: AskedWeights; readonly ranking: readonly number[] },
): readonly ChosenAsked[] =>
  samples.flatMap((sample) => {
    // Several questions at once are answered one by one.
    const choice = splitQuestions(sample.text).length > 1 ? null : chooseAsked(sample.compared, weights);
    return choice === null ? [] : [{ sample, choice, isRight: isAnswered(sample, choice) }];
  });

export const askedCertaintyFrom = (chosen: readonly ChosenAsked[]): Logistic =>
  fitLogistic(
    chosen.map(({ choice, isRight, sample }) => ({ features: choice.features, isRight, weight: WEIGHT[sample.kind] })),
    DAMPING,
  );
