import type { FirstRun } from "#components/first-run/first-run-types.ts";
import type { StepState } from "#server/domain/first-run.ts";

/** Done with one answer and none open; skipped where all were. */
export const questionsState = ({ questions }: Pick<FirstRun, "questions">): StepState => {
  const states = new Set(Object.values(questions));
  return states.has("open") ? "open" : states.has("done") ? "done" : "skipped";
};
