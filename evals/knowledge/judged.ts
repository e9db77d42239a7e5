import { type Choice, choose } from "#server/understanding/answering/choose.ts";
import type { Bridge } from "#server/understanding/answering/bridge.ts";
import type { Sample } from "./samples.ts";

export type Chosen = { readonly sample: Sample; readonly choice: Choice; readonly isRight: boolean };

/** What would be quoted, and whether it answers: from a named article, with all that must stand in it. */
export const chosenFor = (sample: Sample, given: { readonly ranking: readonly number[]; readonly bridge: Bridge }): readonly Chosen[] => {
  const choice = choose(sample.question, { ...given, candidates: sample.candidates });
  if (choice === null) {
    return [];
  }
  const text = choice.sentences.map((sentence) => sentence.text).join(" ");
  const isRight =
    sample.kind === "answerable" &&
    sample.articleIds.includes(choice.article.id) &&
    sample.mustContain.every((words) => text.includes(words));
  return [{ sample, choice, isRight }];
};
