import "server-only";

import { referralPreview } from "#server/domain/past-due/preview-lines.ts";
import { formatMoney } from "#server/domain/money.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { RunFacts, SettledOutcome } from "#server/services/workflows/define.ts";

/** A no ends the case of this debt; a question that nobody answered, or that was stopped, may be put again. */
export const settleCases = async (tx: ServiceTx, ctx: ServiceContext, outcomes: readonly SettledOutcome[]): Promise<void> => {
  const of = (isNo: boolean): string[] =>
    outcomes.flatMap(({ effectId, outcome, reason }) =>
      effectId !== null && (outcome === "suppressed" || outcome === "cancelled") && (reason === "rejected") === isNo ? [effectId] : [],
    );
  const end = (effectIds: readonly string[], status: "rejected" | "withdrawn") =>
    tx.db.referralCase.updateMany({
      where: { clubId: ctx.clubId, effectId: { in: [...effectIds] }, status: "proposed" },
      data: { status, decidedAt: tx.now, updatedAt: tx.now },
    });
  await end(of(true), "rejected");
  await end(of(false), "withdrawn");
};

/** How many cases, over how much, and what became of them. */
export const referralLines = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<readonly string[]> => {
  const rows = await tx.db.workflowOutcome.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, group: "case" },
    select: { outcome: true, amountMinor: true },
  });
  const { currency } = run.club;
  const debts = (...outcomes: readonly string[]) =>
    rows.flatMap(({ amountMinor, outcome }) => (outcomes.includes(outcome) ? [{ dueMinor: amountMinor ?? 0n }] : []));
  if (run.isDryRun) {
    return [referralPreview(debts("planned"), currency)];
  }
  const told = (these: readonly { readonly dueMinor: bigint }[]): string =>
    `${these.length} over ${formatMoney(`${these.reduce((sum, { dueMinor }) => sum + dueMinor, 0n)}`, currency)}`;
  return [
    `Referred: ${told(debts("done"))}; waiting for two people: ${told(debts("needs_approval"))}; held or refused: ${told(debts("suppressed"))}.`,
  ];
};
