import type { WorkflowRow } from "#components/workflows/workflow-types.ts";
import { WORKFLOW_KINDS } from "#server/domain/workflows/kinds.ts";

type RolloutOf = Pick<WorkflowRow, "id" | "kind" | "isDryRun" | "previewedAt" | "reviewedAt" | "reviewFrom" | "name">;

export type Rollout =
  /** Somebody must look at what the first day of this one came to. */
  | { readonly kind: "review"; readonly workflow: RolloutOf }
  /** It went live less than a day ago. */
  | { readonly kind: "watch"; readonly workflow: RolloutOf; readonly until: Date }
  | { readonly kind: "next"; readonly workflow: RolloutOf }
  | { readonly kind: "all_live" };

/** One goes live at a time, in the order of the kinds; the next is offered once the first day of the one before was looked at. */
export const rolloutOf = (workflows: readonly RolloutOf[], now: Date): Rollout => {
  const watched = workflows.find(({ isDryRun, reviewedAt }) => !isDryRun && reviewedAt === null);
  if (watched !== undefined) {
    const until = watched.reviewFrom;
    return until === null || until <= now ? { kind: "review", workflow: watched } : { kind: "watch", workflow: watched, until };
  }
  const [next] = workflows
    .filter(({ isDryRun }) => isDryRun)
    .toSorted((left, right) => WORKFLOW_KINDS.indexOf(left.kind) - WORKFLOW_KINDS.indexOf(right.kind));
  return next === undefined ? { kind: "all_live" } : { kind: "next", workflow: next };
};
