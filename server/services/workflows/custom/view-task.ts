import "server-only";

import type { CallView } from "#server/domain/ask-view.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { CustomTask } from "#server/domain/workflows/custom-task.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { namesFor } from "#server/services/ask/ask-names.ts";
import { approvalsByCall, viewCall } from "#server/services/ask/view-call.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { settingsOfRun } from "#server/services/workflows/internal.ts";

import { plannedMessages } from "./answer-task-call.ts";
import { Thinking, type TaskEnd } from "./thinking.ts";

type TaskView = {
  readonly task: CustomTask;
  readonly words: string | null;
  readonly heldSpans: readonly string[];
  readonly end: TaskEnd | null;
  readonly messageCount: number;
  readonly calls: readonly (CallView & { readonly id: Id<"workflowCall"> })[];
};

/** How the plan of a run was thought out: the task it began with, what was looked up and asked for, and Spotter's own words. */
export const viewTask = async (tx: Tx, ctx: ServiceContext, { runId }: { readonly runId: string }): Promise<TaskView> => {
  const run = await tx.db.workflowRun.findFirstOrThrow({
    where: { id: runId, clubId: ctx.clubId },
    select: { thinking: true, version: { select: { document: true } } },
  });
  const thinking = Thinking.safeParse(run.thinking).data;
  const rows = await tx.db.workflowCall.findMany({
    where: { clubId: ctx.clubId, workflowRunId: runId },
    orderBy: [{ round: "asc" }, { id: "asc" }],
  });
  const texts = [thinking?.words ?? "", ...rows.flatMap(({ result, summary }) => [summary ?? "", JSON.stringify(result ?? null)])];
  const names = await namesFor(tx, ctx, { threadId: runId, texts });
  const asked = await approvalsByCall(tx, ctx, { runId, callIds: rows.map(({ id }) => id) });
  return {
    task: CustomTask.parse(settingsOfRun(run.version)),
    words: thinking === undefined || thinking.words === null ? null : names.inText(thinking.words),
    heldSpans: thinking?.heldSpans ?? [],
    end: thinking?.end ?? null,
    messageCount: await plannedMessages(tx, ctx, runId),
    calls: rows.map((row) => ({ ...viewCall(row, { names, approvals: asked.get(row.id) ?? [] }), id: asId("workflowCall", row.id) })),
  };
};
