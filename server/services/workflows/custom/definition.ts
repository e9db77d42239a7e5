import "server-only";

import { BLANK_TASK, CustomTask } from "#server/domain/workflows/custom-task.ts";
import { CUSTOM_TOOLS, gateFor, type CustomToolName } from "#server/domain/workflows/custom-tools.ts";
import { OUTCOME_WORDS } from "#server/domain/workflows/outcomes.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { defineWorkflow, type RunFacts, type Subject } from "#server/services/workflows/define.ts";

import { lock, message, note, unlock } from "./actions.ts";
import { reportLinesOf, wordsOfRun } from "./report-lines.ts";

/** Which tool a deed of a plan was asked for with: its risk is the deed's. */
const TOOL_OF = {
  message: "send_message_to_member",
  note: "add_member_note",
  lock: "lock_door_for_member",
  unlock: "unlock_door_for_member",
} as const satisfies Record<string, CustomToolName>;

/** A deed that is not known asks like the gravest one. */
const riskOf = (action: string) => CUSTOM_TOOLS[TOOL_OF[action as keyof typeof TOOL_OF] ?? "lock_door_for_member"].risk;

const TOLD = ["sent", "done", "needs_approval", "failed", "unknown", "suppressed"] as const;

/** What the manager is told: the counts, what Spotter says, and what did not work. */
const summaryOf = async (tx: ServiceTx, ctx: ServiceContext, run: RunFacts): Promise<string> => {
  const { name } = await tx.db.workflow.findFirstOrThrow({ where: { id: run.workflowId, clubId: ctx.clubId }, select: { name: true } });
  const rows = await tx.db.workflowOutcome.groupBy({
    by: ["outcome"],
    where: { clubId: ctx.clubId, workflowRunId: run.id },
    _count: { id: true },
  });
  const told = TOLD.flatMap((state) => {
    const count = rows.find(({ outcome }) => outcome === state)?._count.id ?? 0;
    return count === 0 ? [] : [`${count} ${OUTCOME_WORDS[state]}`];
  });
  const words = await wordsOfRun(tx, ctx, run.id);
  return [
    `${run.club.name}, ${name}: ${told.length === 0 ? "nothing was to be done" : told.join(", ")}.`,
    ...(words === null ? [] : [words]),
    ...(await reportLinesOf(tx, ctx, run)),
  ].join("\n");
};

/** A task in the owner's own words: the model makes its plan with tools, and the engine does what the plan holds. */
export const custom = defineWorkflow<Subject, CustomTask>({
  kind: "custom",
  settings: { schema: CustomTask, defaults: BLANK_TASK },
  planner: "model",
  approval: "plan",
  asksFor: ({ approval }, action) => gateFor(approval, riskOf(action)) === "plan",
  subjects: () => Promise.resolve({ subjects: [], next: null }),
  decide: () => ({ kind: "skip", reason: "no_group", group: null }),
  actions: { message, note, lock, unlock },
  reportLines: reportLinesOf,
  summary: summaryOf,
  tells: ({ tells }) => tells,
});
