import "server-only";

import type { FirstRunStep } from "#server/domain/first-run.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";

type Kept = {
  readonly franchiseId: string;
  readonly clubId: string;
  readonly userId: string;
  readonly step: FirstRunStep;
  readonly state: "done" | "skipped";
  readonly articleId?: string;
};

/**
 * Notes that a step was done or left out; what was left out may be done later, what was done stays. Returns whether this
 * changed anything. The caller audits.
 */
export const keepStep = async (tx: Tx, { articleId, userId, ...step }: Kept): Promise<boolean> => {
  const doing = { doneById: userId, doneAt: tx.now, ...(articleId === undefined ? {} : { articleId }) };
  const added = await tx.db.firstRunStep.createMany({ data: { id: newId("firstRunStep"), ...step, ...doing }, skipDuplicates: true });
  if (added.count > 0) {
    return true;
  }
  if (step.state === "skipped") {
    return false;
  }
  const changed = await tx.db.firstRunStep.updateMany({
    where: { clubId: step.clubId, step: step.step, state: "skipped" },
    data: { state: step.state, ...doing },
  });
  return changed.count > 0;
};
