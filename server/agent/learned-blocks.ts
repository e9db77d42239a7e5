import { untrusted, type BlockValue } from "#server/agent/untrusted.ts";
import { wordLikeness } from "#server/domain/draft-likeness.ts";
import type { Category } from "#server/domain/intent.ts";
import type { Situation } from "#server/services/agent-runs/load-situation.ts";

/** Chosen by us: more examples cost more than they show. */
const EXAMPLES_MAX_COUNT = 3;

export type PromptExample = { readonly question: string; readonly answer: string };

/** What an owner accepted, as far as one prompt shows it. */
export type PromptLearned = { readonly examples: readonly PromptExample[]; readonly styleRules: readonly string[] };

/** The accepted examples of a topic whose questions come closest to this one, the closest first. */
export const learnedFor = (
  { learned, newestTexts }: Pick<Situation, "learned" | "newestTexts">,
  { category }: { readonly category: Category },
): PromptLearned | undefined => {
  if (learned === undefined) {
    return undefined;
  }
  const question = newestTexts.join("\n");
  const closest = learned.examples
    .filter((example) => example.category === category)
    .map((example) => ({ example, closeness: wordLikeness(question, example.question) }))
    .toSorted((left, right) => right.closeness - left.closeness)
    .slice(0, EXAMPLES_MAX_COUNT);
  return {
    examples: closest.map(({ example }) => ({ question: example.question, answer: example.answer })),
    styleRules: learned.styleRules,
  };
};

/** The club's personality with the rules of style it has accepted since, one a line. */
export const personalityOf = (personality: string, learned: PromptLearned | undefined): BlockValue =>
  [personality, ...(learned?.styleRules ?? []).map((rule) => `- ${rule}`)].join("\n");

/** Differs with each question, so it stands behind what is cached. */
export const exampleBlocks = (learned: PromptLearned | undefined): readonly string[] =>
  learned === undefined || learned.examples.length === 0
    ? []
    : [
        untrusted(
          "examples",
          learned.examples.map(({ question, answer }) => ({ question, answer })),
        ),
      ];
