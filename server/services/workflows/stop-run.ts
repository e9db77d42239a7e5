import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { announceClosed } from "#server/services/approvals/announce-closed.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { clubToolKeys } from "#server/services/effects/club-tool-keys.ts";
import { EFFECT_KINDS, type EffectKind } from "#server/services/effects/effect-kinds.ts";
import { RunInput } from "#server/services/workflows/approve-run.ts";
import { countOutcomes } from "#server/services/workflows/count-outcomes.ts";
import { isOpenRun, lockRun, moveRun, waitsKey, type RunRow } from "#server/services/workflows/internal.ts";
import { buildReport } from "#server/services/workflows/report.ts";
import { settleOutcomes } from "#server/services/workflows/settle-outcomes.ts";

/**
 * Ends a run at once: what has not begun does not begin, also what waits for its hour. What a vendor has already is told as it is.
 * @throws `precondition_failed` when it has ended
 */
export const stopRun = async (ctx: ServiceContext, raw: RunInput): Promise<void> => {
  assertCan(ctx, "workflow.run");
  const { runId } = RunInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (!isOpenRun(run)) {
      throw new DomainError("precondition_failed", "this run has ended already");
    }
    await endRun(tx, ctx, { run, status: "cancelled", detail: "stopped", endedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null });
    await recordAudit(tx, ctx, { action: "workflow.stopped", entityId: runId });
    tx.news.actions.push({
      kind: "workflow.stopped",
      risk: "reversible",
      outcome: "done",
      summary: `The workflow "${run.name}" was stopped by a person.`,
      inputs: { runId },
    });
  });
};

/** A run that the engine gave up on, with the reason. Nothing more of it begins; a person may run it again. */
export const failRun = async (
  ctx: ServiceContext,
  { detail, runId }: { readonly runId: string; readonly detail: string },
): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    const run = await lockRun(tx, ctx, runId);
    if (isOpenRun(run)) {
      await endRun(tx, ctx, { run, status: "failed", detail: detail.slice(0, 300), endedById: null });
      await recordAudit(tx, ctx, { action: "workflow.failed", entityId: runId });
    }
  });
};

type End = { readonly run: RunRow; readonly status: "cancelled" | "failed"; readonly detail: string; readonly endedById: string | null };

/** Ends a locked run in the caller's transaction. */
export const endRun = async (tx: ServiceTx, ctx: ServiceContext, { detail, endedById, run, status }: End): Promise<void> => {
  await dropEffects(tx, ctx, run.id);
  await settleOutcomes(tx, ctx, run);
  await tx.db.workflowOutcome.updateMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: { in: ["planned", "deferred"] }, effectId: null },
    data: { outcome: "cancelled", reason: "stopped", settledAt: tx.now, updatedAt: tx.now },
  });
  const { counts, left } = await countOutcomes(tx, ctx, run.id);
  const report = await buildReport(tx, ctx, { run, counts });
  await moveRun(tx, ctx, {
    runId: run.id,
    data: {
      status,
      phase: "ended",
      finishedAt: tx.now,
      wakeAt: null,
      endedById,
      failureDetail: detail,
      counts,
      report,
      openCount: run.isDryRun ? 0 : left.planned + left.deferred + left.waiting + left.unknown,
    },
    step: { name: status, detail },
  });
  await settleAlert(tx, ctx, waitsKey(run.id));
};

/** What is planned and has not begun, with the questions asked about it. A dispatch that has begun holds its row and is not touched. */
const dropEffects = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<void> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    update "Effect" e set status = 'dropped', "failureKind" = 'run_stopped', "settledAt" = ${tx.now}, "updatedAt" = ${tx.now}
    from "WorkflowOutcome" o where o."effectId" = e.id and o."clubId" = e."clubId" and o."workflowRunId" = ${runId}
      and e."clubId" = ${ctx.clubId} and e.status in ('planned', 'approved') and e."plannedBy" = 'workflow'
    returning e.id`;
  await closeQuestions(
    tx,
    ctx,
    rows.map(({ id }) => id),
  );
  await withdrawAsked(tx, ctx, runId);
};

/** What the tools of a run have put before the team beside its plan: nobody decides it any more, and no yes to it does anything. */
export const withdrawAsked = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<void> => {
  const rows = await tx.db.$queryRaw<{ id: string; kind: EffectKind }[]>`
    update "Effect" set status = 'dropped', "failureKind" = 'run_stopped', "settledAt" = ${tx.now}, "updatedAt" = ${tx.now}
    where "clubId" = ${ctx.clubId} and status in ('planned', 'approved') and "plannedBy" = 'workflow'
      and starts_with("effectKey", ${clubToolKeys(runId)})
    returning id, kind`;
  for (const { id, kind } of rows) {
    tx.news.actions.push({
      kind: kind === "message.send" ? "reply.dropped" : "act.dropped",
      risk: EFFECT_KINDS[kind].risk,
      summary: EFFECT_KINDS[kind].words.dropped,
      outcome: "dropped",
      effectId: id,
      inputs: { reason: "run_stopped", runId },
    });
  }
  await closeQuestions(
    tx,
    ctx,
    rows.map(({ id }) => id),
  );
};

const closeQuestions = async (tx: ServiceTx, ctx: ServiceContext, effectIds: readonly string[]): Promise<void> => {
  const closed = await tx.db.approval.updateManyAndReturn({
    where: { clubId: ctx.clubId, effectId: { in: [...effectIds] }, status: "pending" },
    data: { status: "superseded", decidedAt: tx.now },
    select: { id: true, conversationId: true },
  });
  await tx.db.message.updateMany({
    where: { clubId: ctx.clubId, effectId: { in: [...effectIds] }, status: "queued" },
    data: { status: "failed", failureReason: "run_stopped" },
  });
  for (const { conversationId, id } of closed) {
    await announceClosed(tx, ctx, { approvalId: id, conversationId });
  }
};
