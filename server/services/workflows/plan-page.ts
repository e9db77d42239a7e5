import "server-only";

import { TZDate } from "@date-fns/tz";
import { startOfDay } from "date-fns";

import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { PlannedSoFar, WorkflowSpec } from "#server/services/workflows/define.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { factsOfRun, moveRun, settingsOfRun, type RunRow } from "#server/services/workflows/internal.ts";
import { judgePage, type JudgedRow } from "#server/services/workflows/judge-page.ts";
import { PLAN_PAGE_SIZE } from "#server/services/workflows/limits.ts";

/**
 * Decides about the next page of people and writes one outcome for each, in the transaction that moves the run's cursor: a crash
 * repeats the page whole or not at all, and nobody has two outcomes in a period.
 */
export const planPage = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<void> => {
  const facts = await factsOfRun(tx, ctx, run);
  const spec = specOf(run.kind);
  const settings = settingsOfRun(run);
  const { next, rows: decided } = await spec.planPage(tx, ctx, { run: facts, settings, after: run.cursor, limit: PLAN_PAGE_SIZE });
  const planned = await plannedSoFar(tx, ctx, { run, timeZone: facts.club.timeZone });
  const rows = withinRoom(await judgePage(tx, ctx, decided), spec.room(settings, planned));
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

/** The first of a page get what there is room for; whoever may not be written to takes nobody's place. */
const withinRoom = (rows: readonly JudgedRow[], room: ReturnType<WorkflowSpec["room"]>): readonly JudgedRow[] => {
  let left = room.count;
  return rows.map((row) => {
    left -= row.verdict.kind === "act" ? 1 : 0;
    return row.verdict.kind === "act" && left < 0
      ? { ...row, verdict: { kind: "skip", reason: room.reason, group: row.verdict.act.group } }
      : row;
  });
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

const outcomeOf = ({ ctx, run, tx }: Place, { contactId, memberId, verdict, waits }: JudgedRow): Prisma.WorkflowOutcomeCreateManyInput => {
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
      deferredUntil: verdict.until ?? null,
      settledAt: tx.now,
    };
  }
  const { action, amountMinor, fields, group, reason, templateKey, tier, variant, writes } = verdict.act;
  return {
    ...common,
    // Of a dry run nothing else will tell when it would have gone out.
    ...(run.isDryRun && waits !== null
      ? { outcome: "deferred", reason: waits.reason, deferredUntil: waits.until }
      : { outcome: "planned", reason }),
    group,
    action,
    templateKey,
    fields: { ...fields },
    tier: tier ?? null,
    amountMinor: amountMinor ?? null,
    variant: variant ?? 0,
    text: writes?.text ?? null,
  };
};
