import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { dueSlot, nextSlot } from "#server/domain/workflows/schedule.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { createRun } from "#server/services/workflows/create-run.ts";
import { WORKFLOW_SPECS } from "#server/services/workflows/definitions.ts";
import { driveRun, leaseFrom } from "#server/services/workflows/internal.ts";
import { lockWorkflow } from "#server/services/workflows/read-workflow.ts";

type Address = { readonly id: string; readonly franchiseId: string; readonly clubId: string };
const ENOUGH = 1_000;

/** Workflows of all clubs whose next slot has come. */
export const listDueWorkflows = (): Promise<readonly Address[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<Address[]>`
      select id, "franchiseId", "clubId" from "Workflow"
      where "nextDueAt" <= ${tx.now} and "isOn" and not "isPaused" and "archivedAt" is null order by "nextDueAt", id limit ${ENOUGH}`,
  );

/** Runs nobody has heard of since their lease ended, those whose time has come, and those some of whose outcomes are open. */
export const listUnfinishedRuns = (): Promise<readonly (Address & { readonly isStale: boolean })[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<(Address & { isStale: boolean })[]>`
      select id, "franchiseId", "clubId",
        (status in ('queued', 'running') and ("leaseUntil" is null or "leaseUntil" < ${tx.now})) or (status = 'waiting' and "wakeAt" <= ${tx.now}) as "isStale"
      from "WorkflowRun" where status in ('queued', 'running') or "openCount" > 0 order by "startedAt" limit ${ENOUGH}`,
  );

/**
 * Begins the run of the slot that is due. Slots that were missed are caught up once, by the newest; a slot that comes while a run
 * still acts waits for its end. Harmless to repeat: a slot has one run.
 */
export const startDueRun = async (
  ctx: ServiceContext,
  { workflowId }: { readonly workflowId: string },
): Promise<{ readonly runId: Id<"workflowRun"> | null }> => {
  assertCan(ctx, "workflow.work");
  return inTransaction(ctx, async (tx) => {
    const workflow = await lockWorkflow(tx, ctx, workflowId);
    if (!workflow.isOn || workflow.isPaused || WORKFLOW_SPECS[workflow.kind as keyof typeof WORKFLOW_SPECS] === undefined) {
      return { runId: null };
    }
    const { isDryRun, lastSlotAt, schedule, timeZone } = workflow;
    const slot = dueSlot(schedule, { timeZone, lastSlotAt, now: tx.now });
    const runId = slot === null ? null : await createRun(tx, ctx, { workflowId, trigger: "schedule", period: slot.period, isDryRun });
    const hasRun =
      slot !== null &&
      (runId !== null || (await tx.db.workflowRun.count({ where: { clubId: ctx.clubId, workflowId, period: slot.period } })) > 0);
    if (slot === null || hasRun) {
      await tx.db.workflow.updateMany({
        where: { id: workflowId, clubId: ctx.clubId },
        data: { ...(slot === null ? {} : { lastSlotAt: slot.at }), nextDueAt: nextSlot(schedule, { timeZone, after: tx.now })?.at ?? null },
      });
    }
    return { runId: runId === null ? null : asId("workflowRun", runId) };
  });
};

/** Takes up a run that was left lying or whose time has come; once, until its lease ends again. */
export const wakeRun = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    const leaseUntil = leaseFrom(tx.now);
    const { count } = await tx.db.workflowRun.updateMany({
      where: {
        id: runId,
        clubId: ctx.clubId,
        OR: [
          { status: { in: ["queued", "running"] }, OR: [{ leaseUntil: null }, { leaseUntil: { lt: tx.now } }] },
          { status: "waiting", wakeAt: { lte: tx.now } },
        ],
      },
      data: { leaseUntil, wakeAt: leaseUntil },
    });
    if (count === 1) {
      await recordAudit(tx, ctx, { action: "workflow.woken", entityId: runId });
      driveRun(tx, runId);
    }
  });
};
