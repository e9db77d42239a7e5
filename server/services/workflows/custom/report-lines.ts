import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import { namesFor } from "#server/services/ask/ask-names.ts";
import { viewCall } from "#server/services/ask/view-call.ts";
import type { ServiceContext } from "#server/services/context.ts";
import type { RunFacts } from "#server/services/workflows/define.ts";

import { TOLD_FAILURES_MAX } from "./limits.ts";
import { Thinking, type TaskEnd } from "./thinking.ts";

/** What is said of a bound that ended the thinking: nothing planned before it is lost. */
const ENDS = {
  fact_lock: "Spotter’s own words about this run were held back: they state what no lookup brought",
  token_budget: "The budget of tokens for one run was reached: what was planned till then stands, the rest was not looked at",
  cost_budget: "The budget of cost for one run was reached: what was planned till then stands, the rest was not looked at",
  round_limit: "The task needed more rounds than one run has: what was planned till then stands, the rest was not looked at",
  going_in_circles: "Spotter asked for the same again and again and was ended: what was planned till then stands",
  club_budget_spent: "The club’s budget for Spotter is spent for today: what was planned till then stands, the rest was not looked at",
  model_failed: "The model could not be reached or gave no usable answer: what was planned till then stands",
} as const satisfies Record<TaskEnd, string>;

/** How the thinking ended where a bound ended it, and what did not work, plainly. */
export const reportLinesOf = async (tx: Tx, ctx: ServiceContext, run: Pick<RunFacts, "id">): Promise<readonly string[]> => {
  const { thinking } = await tx.db.workflowRun.findFirstOrThrow({
    where: { id: run.id, clubId: ctx.clubId },
    select: { thinking: true },
  });
  const end = Thinking.safeParse(thinking).data?.end ?? null;
  const calls = await tx.db.workflowCall.findMany({
    where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: { in: ["refused", "failed"] } },
    orderBy: [{ round: "asc" }, { id: "asc" }],
    take: TOLD_FAILURES_MAX,
    select: { name: true, summary: true, outcome: true, result: true },
  });
  const total = await tx.db.workflowCall.count({
    where: { clubId: ctx.clubId, workflowRunId: run.id, outcome: { in: ["refused", "failed"] } },
  });
  const names = await namesFor(tx, ctx, { threadId: run.id, texts: calls.map(({ summary }) => summary ?? "") });
  const told = calls.map((call) => {
    const { error, sentence } = viewCall(call, { names, approvals: [] });
    return `${call.outcome === "failed" ? "Failed" : "Refused"}: ${sentence} (${error ?? "no reason given"})`;
  });
  return [
    ...(end === null ? [] : [ENDS[end]]),
    ...told,
    ...(total > told.length ? [`${total - told.length} more did not work: see what Spotter did`] : []),
  ];
};

/** What Spotter says of a run, with names for its handles; null where it said nothing that may be shown. */
export const wordsOfRun = async (tx: Tx, ctx: ServiceContext, runId: string): Promise<string | null> => {
  const run = await tx.db.workflowRun.findFirst({ where: { id: runId, clubId: ctx.clubId }, select: { thinking: true } });
  const words = Thinking.safeParse(run?.thinking).data?.words ?? null;
  return words === null ? null : (await namesFor(tx, ctx, { threadId: runId, texts: [words] })).inText(words);
};
