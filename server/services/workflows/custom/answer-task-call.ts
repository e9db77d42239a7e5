import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { CustomTask } from "#server/domain/workflows/custom-task.ts";
import { storableJson } from "#server/services/agent-runs/record-tool-requests.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { isOpenRun, lockRun, moveRun, settingsOfRun, type RunRow } from "#server/services/workflows/internal.ts";
import { withdrawAsked } from "#server/services/workflows/stop-run.ts";

import { isThinking } from "./load-task.ts";

export type WaitingTaskCall = {
  readonly id: Id<"workflowCall">;
  readonly runId: Id<"workflowRun">;
  readonly isDryRun: boolean;
  readonly task: CustomTask;
  readonly name: string;
  readonly arguments: unknown;
  /** What the run has been told so far: what a text may state. */
  readonly results: readonly unknown[];
  /** Calls of this run that were answered, by the name of the tool. */
  readonly callCounts: Readonly<Record<string, number>>;
  /** How many more messages this run may plan. */
  readonly messagesLeft: number;
  readonly club: { readonly name: string; readonly phone: string | null };
};

/** A request that has not been answered yet, of a run that is still being thought out; null otherwise. */
export const findWaitingTaskCall = async (
  ctx: ServiceContext,
  { callId }: { readonly callId: string },
): Promise<WaitingTaskCall | null> => {
  assertCan(ctx, "workflow.work");
  return inTransaction(ctx, async (tx) => {
    const call = await tx.db.workflowCall.findFirst({
      where: { id: callId, clubId: ctx.clubId, outcome: "requested" },
      select: { name: true, arguments: true, workflowRunId: true },
    });
    const run = call === null ? null : await lockRun(tx, ctx, call.workflowRunId);
    if (call === null || run === null || !isThinking(run)) {
      return null;
    }
    const answered = await tx.db.workflowCall.findMany({
      where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: { not: "requested" } },
      orderBy: { id: "asc" },
      select: { name: true, outcome: true, result: true },
    });
    const task = CustomTask.parse(settingsOfRun(run));
    return {
      id: asId("workflowCall", callId),
      runId: run.id,
      isDryRun: run.isDryRun,
      task,
      name: call.name,
      arguments: call.arguments,
      results: answered.filter(({ outcome }) => outcome === "done").map(({ result }) => result),
      callCounts: countsOf(answered),
      messagesLeft: task.budget.messages - (await plannedMessages(tx, ctx, run.id)),
      club: await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } }),
    };
  });
};

const countsOf = (calls: readonly { readonly name: string }[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(calls, ({ name }) => name)].map(([name, all]) => [name, all.length]));

/** Texts and reminders of a run that may still go out or did, and the people of the group texts it has put before somebody. */
export const plannedMessages = async (tx: Tx, ctx: ServiceContext, runId: string): Promise<number> => {
  const single = await tx.db.workflowOutcome.count({
    where: { clubId: ctx.clubId, workflowRunId: runId, action: "message", outcome: { not: "suppressed" } },
  });
  const [group] = await tx.db.$queryRaw<{ people: number }[]>`
    select coalesce(sum(coalesce((result->>'people')::int, (arguments->>'max_people')::int, 0)), 0)::int as people from "WorkflowCall"
    where "clubId" = ${ctx.clubId} and "workflowRunId" = ${runId} and name = 'send_bulk_campaign' and outcome = 'done'`;
  return single + (group?.people ?? 0);
};

type Answer = {
  readonly callId: string;
  readonly outcome: "done" | "refused" | "failed";
  readonly result: unknown;
};

/** Stores what a call brought, once; a second answer changes nothing. */
export const answerTaskCall = async (ctx: ServiceContext, answer: Answer): Promise<void> => {
  assertCan(ctx, "workflow.work");
  await inTransaction(ctx, async (tx) => {
    const call = await tx.db.workflowCall.findFirst({
      where: { id: answer.callId, clubId: ctx.clubId },
      select: { workflowRunId: true },
    });
    if (call === null) {
      return;
    }
    const run = await lockRun(tx, ctx, call.workflowRunId);
    await noteAnswer(tx, ctx, { ...answer, run });
    if (!isOpenRun(run)) {
      // Stopped while the tool was at it: what it has asked comes too late.
      await withdrawAsked(tx, ctx, run.id);
    }
  });
};

/** In the transaction of whoever has locked the run. */
export const noteAnswer = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { callId, outcome, result, run }: Answer & { readonly run: RunRow },
): Promise<void> => {
  const { count } = await tx.db.workflowCall.updateMany({
    where: { id: callId, clubId: ctx.clubId, outcome: "requested" },
    data: { outcome, result: storableJson(result), finishedAt: tx.now },
  });
  if (count > 0) {
    await recordAudit(tx, ctx, { action: "tool.answered", entityId: callId, details: { outcome } });
    await moveRun(tx, ctx, { runId: run.id, data: {} });
  }
};
