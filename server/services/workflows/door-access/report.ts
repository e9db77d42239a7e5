import "server-only";

import { lockPreview, unlockPreview } from "#server/domain/past-due/preview-lines.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunFacts, SettledOutcome } from "#server/services/workflows/define.ts";

/** A question that nobody answered was not asked: the next run may ask it again. A person's no stays. */
export const settleDoors = async (tx: ServiceTx, ctx: ServiceContext, outcomes: readonly SettledOutcome[]): Promise<void> => {
  const effectIds = outcomes.flatMap(({ action, effectId, outcome, reason }) =>
    action === "lock" && (outcome === "suppressed" || outcome === "cancelled") && reason !== "rejected" && effectId !== null
      ? [effectId]
      : [],
  );
  await tx.db.accessLock.updateMany({
    where: { clubId: ctx.clubId, effectId: { in: effectIds }, status: "asked" },
    data: { status: "dropped", updatedAt: tx.now },
  });
};

type Row = { readonly action: string | null; readonly outcome: string; readonly amountMinor: bigint | null };

export const doorLines = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<readonly string[]> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, action: { not: null } },
    select: { action: true, outcome: true, amountMinor: true },
  });
  const of = (action: string): readonly Row[] => rows.filter((row) => row.action === action);
  const count = (action: string, ...outcomes: readonly string[]): number =>
    of(action).filter(({ outcome }) => outcomes.includes(outcome)).length;
  if (run.isDryRun) {
    const locks = of("lock").map(({ amountMinor }) => ({ dueMinor: amountMinor ?? 0n }));
    return [unlockPreview(of("unlock").length), lockPreview(locks, run.club.currency), `would warn ${of("message").length}`];
  }
  return [
    `Unlocked: ${count("unlock", "done")}, locked: ${count("lock", "done")}, warned: ${count("message", "sent")}.`,
    `Waiting for a person: ${count("lock", "needs_approval")}, held at the last moment: ${count("lock", "suppressed")}.`,
    `Errors: ${rows.filter(({ outcome }) => outcome === "failed" || outcome === "unknown").length}.`,
  ];
};
