import type { AskedChoice } from "#server/understanding/answering/asked-choice.ts";
import { completed } from "#server/understanding/answering/completed.ts";
import { type Choice, choose } from "#server/understanding/answering/choose.ts";
import type { Bridge } from "#server/understanding/answering/bridge.ts";
import type { Sample } from "./samples.ts";

export type Chosen = { readonly sample: Sample; readonly choice: Choice; readonly isRight: boolean };
export type ChosenAsked = { readonly sample: Sample; readonly choice: AskedChoice; readonly isRight: boolean };

/** What would be quoted, and whether it answers. */
export const chosenFor = (sample: Sample, given: { readonly ranking: readonly number[]; readonly bridge: Bridge }): readonly Chosen[] => {
  const chosen = choose(sample.question, { ...given, candidates: sample.candidates });
  return judged(sample, chosen);
};

/** A choice as it would be told. */
export const judged = <C extends Choice | AskedChoice>(
  sample: Sample,
  chosen: C | null,
): readonly { readonly sample: Sample; readonly choice: C; readonly isRight: boolean }[] => {
  const choice = chosen && completed(sample.question, chosen);
  return choice === null ? [] : [{ sample, choice, isRight: isAnswered(sample, choice) }];
};

/** From a named article, with all that must stand in it. */
const isAnswered = (sample: Sample, { article, sentences }: Pick<Choice, "article" | "sentences">): boolean => {
  const text = sentences.map((sentence) => sentence.text).join(" ");
  return (
    sample.kind === "answerable" && sample.articleIds.includes(article.id) && sample.mustContain.every((words) => text.includes(words))
  );
};
