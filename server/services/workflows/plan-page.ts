import "server-only";

import { TZDate } from "@date-fns/tz";
import { startOfDay } from "date-fns";

import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { PlannedRow, PlannedSoFar } from "#server/services/workflows/define.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { factsOfRun, moveRun, settingsOfRun, type RunRow } from "#server/services/workflows/internal.ts";
import { PLAN_PAGE_SIZE } from "#server/services/workflows/limits.ts";

/**
 * Decides about the next page of people and writes one outcome for each, in the transaction that moves the run's cursor: a crash
 * repeats the page whole or not at all, and nobody has two outcomes in a period.
 */
export const planPage = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<void> => {
  const facts = await factsOfRun(tx, ctx, run);
  const { next, rows } = await specOf(run.kind).planPage(tx, ctx, {
    run: facts,
    planned: await plannedSoFar(tx, ctx, { run, timeZone: facts.club.timeZone }),
    settings: settingsOfRun(run),
    after: run.cursor,
    limit: PLAN_PAGE_SIZE,
  });
  const { count } = await tx.db.workflowOutcome.createMany({
    data: rows.map((row) => outcomeOf({ tx, ctx, run }, row)),
    skipDuplicates: true,
  });
  const isLast = next === null;
  const subjectCount = run.subjectCount + count;
  await moveRun(tx, ctx, {
    runId: run.id,
    data: { status: "running", cursor: next, subjectCount, ...(isLast ? { phase: "writing" } : {}) },
    ...(isLast ? { step: { name: "planned", detail: `${subjectCount}` } } : {}),
  });
  if (isLast) {
    await recordAudit(tx, ctx, { action: "workflow.planned", entityId: run.id, details: { subjectCount } });
  }
};

const plannedSoFar = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { run, timeZone }: { readonly run: RunRow; readonly timeZone: string },
): Promise<PlannedSoFar> => {
  const since = new Date(startOfDay(new TZDate(tx.now.getTime(), timeZone)).getTime());
  const [planned] = await tx.db.$queryRaw<PlannedSoFar[]>`
    select count(*)::int as "inDay", count(*) filter (where "workflowRunId" = ${run.id})::int as "inRun" from "WorkflowOutcome"
    where "clubId" = ${ctx.clubId} and "workflowId" = ${run.workflowId} and "createdAt" >= ${since}
      and outcome not in ('skipped', 'suppressed', 'cancelled') and (not "isDryRun" or "workflowRunId" = ${run.id})`;
  return planned ?? { inRun: 0, inDay: 0 };
};

type Place = { readonly tx: ServiceTx; readonly ctx: ServiceContext; readonly run: RunRow };

const outcomeOf = ({ ctx, run, tx }: Place, { contactId, memberId, verdict }: PlannedRow): Prisma.WorkflowOutcomeCreateManyInput => {
  const common = {
    id: newId("workflowOutcome"),
    franchiseId: ctx.franchiseId,
    clubId: ctx.clubId,
    workflowId: run.workflowId,
    workflowRunId: run.id,
    period: run.period,
    contactId,
    memberId,
    isDryRun: run.isDryRun,
    createdAt: tx.now,
    updatedAt: tx.now,
  };
  if (verdict.kind !== "act") {
    return {
      ...common,
      outcome: verdict.kind === "skip" ? "skipped" : "suppressed",
      reason: verdict.reason,
      group: verdict.group,
      tier: verdict.tier ?? null,
      amountMinor: verdict.amountMinor ?? null,
      settledAt: tx.now,
    };
  }
  const { action, amountMinor, fields, group, reason, templateKey, tier, variant } = verdict.act;
  return {
    ...common,
    outcome: "planned",
    reason,
    group,
    action,
    templateKey,
    fields: { ...fields },
    tier: tier ?? null,
    amountMinor: amountMinor ?? null,
    variant: variant ?? 0,
  };
};
