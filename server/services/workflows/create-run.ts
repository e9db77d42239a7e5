import "server-only";

import { actorId } from "#server/domain/actor.ts";
import type { Id } from "#server/domain/ids.ts";
import type { RunTrigger } from "#server/domain/workflows/kinds.ts";
import { newId } from "#server/platform/ids.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { driveRun, leaseFrom, waitsKey } from "#server/services/workflows/internal.ts";

type NewRun = {
  readonly workflowId: string;
  readonly trigger: RunTrigger;
  /** One run of a workflow for one period, whoever asks for it and however often. */
  readonly period: string;
  readonly isDryRun: boolean;
  readonly onlyContactId?: string;
};

/**
 * Begins a run in the caller's transaction. Null when there is one for this period already, or one of this workflow that plans or
 * acts right now: two never overlap.
 */
export const createRun = async (tx: ServiceTx, ctx: ServiceContext, run: NewRun): Promise<Id<"workflowRun"> | null> => {
  const id = newId("workflowRun");
  const version = await tx.db.workflowVersion.findFirstOrThrow({
    where: { clubId: ctx.clubId, workflowId: run.workflowId },
    orderBy: { version: "desc" },
    select: { id: true },
  });
  const { count } = await tx.db.workflowRun.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      workflowId: run.workflowId,
      workflowVersionId: version.id,
      period: run.period,
      trigger: run.trigger,
      isDryRun: run.isDryRun,
      onlyContactId: run.onlyContactId ?? null,
      status: "queued",
      startedBy: actorId(ctx.actor),
      startedAt: tx.now,
      leaseUntil: leaseFrom(tx.now),
      steps: [{ name: "started", at: tx.now.toISOString(), detail: run.trigger }],
    },
    skipDuplicates: true,
  });
  if (count === 0) {
    return null;
  }
  await supersede(tx, ctx, { workflowId: run.workflowId, newRunId: id, trigger: run.trigger });
  await recordAudit(tx, ctx, {
    action: "workflow.started",
    entityId: id,
    details: { trigger: run.trigger, period: run.period, isDryRun: run.isDryRun },
  });
  driveRun(tx, id);
  return id;
};

type Superseded = { readonly workflowId: string; readonly newRunId: string; readonly trigger: RunTrigger };

/** What still waits for a yes is out of date once the next run plans; previews take nothing away. */
const supersede = async (tx: ServiceTx, ctx: ServiceContext, { newRunId, trigger, workflowId }: Superseded): Promise<void> => {
  if (trigger === "preview" || trigger === "payment") {
    return;
  }
  const waiting = await tx.db.$queryRaw<{ id: string }[]>`
    update "WorkflowRun" set status = 'cancelled', phase = 'ended', "finishedAt" = ${tx.now}, "openCount" = 0, "failureDetail" = 'not_approved'
    where "clubId" = ${ctx.clubId} and "workflowId" = ${workflowId} and id <> ${newRunId} and status = 'waiting' and phase = 'approving'
    returning id`;
  for (const { id } of waiting) {
    await tx.db.workflowOutcome.updateMany({
      where: { clubId: ctx.clubId, workflowRunId: id, outcome: "planned" },
      data: { outcome: "cancelled", reason: "not_approved", settledAt: tx.now, updatedAt: tx.now },
    });
    await settleAlert(tx, ctx, waitsKey(id));
  }
};
