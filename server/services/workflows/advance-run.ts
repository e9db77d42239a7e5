import "server-only";

import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { isStopped } from "#server/services/clubs/is-stopped.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { markFallen, openQuestions } from "#server/services/workflows/approvals.ts";
import { finishRun } from "#server/services/workflows/finish-run.ts";
import { isOpenRun, lockRun, moveRun, waitsKey, type RunRow } from "#server/services/workflows/internal.ts";
import { specOf } from "#server/services/workflows/definitions.ts";
import { APPROVAL_WAIT_HOURS, BATCH_SIZE, PAGES_PER_STEP } from "#server/services/workflows/limits.ts";
import { planPage } from "#server/services/workflows/plan-page.ts";

/** What is to be done next: `plan` = come again; `think` and `write` = the model's turn; `act` = so many batches; `rest` = nothing until somebody or something says so. */
export type Advanced = { readonly kind: "plan" | "think" | "write" | "rest" } | { readonly kind: "act"; readonly batchCount: number };

/**
 * Takes a run as far as its next wait, one short transaction at a time. What has been done stands in the rows, so that it may be
 * called again after any crash, and by two at once.
 */
export const advanceRun = async (ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<Advanced> => {
  assertCan(ctx, "workflow.work");
  for (let page = 0; page < PAGES_PER_STEP; page += 1) {
    const next = await inTransaction(ctx, (tx) => step(tx, ctx, runId));
    if (next.kind !== "plan") {
      return next;
    }
  }
  return { kind: "plan" };
};

const step = async (tx: ServiceTx, ctx: ServiceContext, runId: string): Promise<Advanced> => {
  const run = await lockRun(tx, ctx, runId);
  if (!isOpenRun(run)) {
    return { kind: "rest" };
  }
  if (run.isPaused) {
    await moveRun(tx, ctx, { runId, data: {} });
    return { kind: "rest" };
  }
  switch (run.phase) {
    case "planning":
      if (specOf(run.kind).planner === "model") {
        return think(tx, ctx, run);
      }
      await planPage(tx, ctx, run);
      return { kind: "plan" };
    case "writing":
      return { kind: "write" };
    case "approving":
      return askOrAct(tx, ctx, run);
    case "acting":
      return { kind: "act", batchCount: await countBatches(tx, ctx, run) };
    default:
      return { kind: "rest" };
  }
};

/** While the club is stopped nothing is thought out either; the look of each minute comes again. */
const think = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<Advanced> => {
  const isClubStopped = await isStopped(tx, ctx);
  await moveRun(tx, ctx, { runId: run.id, data: run.status === "queued" ? {} : { status: "running" } });
  return { kind: isClubStopped ? "rest" : "think" };
};

/** A dry run ends with its plan. A live one acts, or waits for a yes, and not for ever. */
const askOrAct = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<Advanced> => {
  const plannedCount = await tx.db.workflowOutcome.count({ where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: "planned" } });
  if (run.isDryRun || plannedCount === 0) {
    await finishRun(tx, ctx, run);
    return { kind: "rest" };
  }
  const waitedMs = tx.now.getTime() - run.startedAt.getTime();
  if (waitedMs > APPROVAL_WAIT_HOURS * 3_600_000) {
    await endUnapproved(tx, ctx, run);
    return { kind: "rest" };
  }
  const questions = await openQuestions(tx, ctx, run);
  if (questions.length === 0) {
    await letAct(tx, ctx, { run, detail: "standing", openCount: plannedCount });
    return { kind: "act", batchCount: Math.ceil(plannedCount / BATCH_SIZE) };
  }
  await markFallen(tx, ctx, { run, questions });
  if (run.status !== "waiting") {
    const until = new Date(run.startedAt.getTime() + APPROVAL_WAIT_HOURS * 3_600_000 + 1_000);
    await moveRun(tx, ctx, {
      runId: run.id,
      data: { status: "waiting", wakeAt: until, openCount: plannedCount },
      step: {
        name: "waits",
        detail: questions.map((question) => (question.kind === "text" ? `${question.group} ${question.fall}` : question.kind)).join(", "),
      },
    });
    await raiseAlert(tx, ctx, {
      kind: "workflow_waits",
      severity: "info",
      key: waitsKey(run.id),
      title: `${run.name}: ${plannedCount} wait for your yes`,
      detail: "Nothing of this run happens before somebody has looked at it.",
    });
  }
  return { kind: "rest" };
};

type Let = { readonly run: RunRow; readonly detail: string; readonly openCount: number };

/** From here on things happen. */
export const letAct = async (tx: ServiceTx, ctx: ServiceContext, { detail, openCount, run }: Let): Promise<void> => {
  await moveRun(tx, ctx, {
    runId: run.id,
    data: { phase: "acting", status: "running", wakeAt: null, openCount },
    step: { name: "approved", detail },
  });
  await recordAudit(tx, ctx, { action: "workflow.approved", entityId: run.id, details: { by: detail, plannedCount: openCount } });
  tx.news.actions.push({
    kind: "workflow.started",
    risk: "sends",
    outcome: "planned",
    summary: `The workflow "${run.name}" began to act for ${openCount} people.`,
    inputs: { runId: run.id, by: detail },
  });
};

const endUnapproved = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<void> => {
  await tx.db.workflowOutcome.updateMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: "planned" },
    data: { outcome: "cancelled", reason: "not_approved", settledAt: tx.now, updatedAt: tx.now },
  });
  await finishRun(tx, ctx, run);
};

/** So many batches as there is work for now. While the club is stopped there is none; the run is looked at again. */
const countBatches = async (tx: ServiceTx, ctx: ServiceContext, run: RunRow): Promise<number> => {
  const isClubStopped = await isStopped(tx, ctx);
  const openCount = await tx.db.workflowOutcome.count({
    where: {
      clubId: ctx.clubId,
      workflowRunId: run.id,
      OR: [{ outcome: "planned" }, { outcome: "deferred", deferredUntil: { lte: tx.now } }],
    },
  });
  const again = run.status === "waiting" ? { wakeAt: new Date(tx.now.getTime() + 120_000) } : {};
  await moveRun(tx, ctx, { runId: run.id, data: again });
  // Where nothing is left one batch settles and ends it.
  return isClubStopped ? 0 : Math.max(1, Math.ceil(openCount / BATCH_SIZE));
};
