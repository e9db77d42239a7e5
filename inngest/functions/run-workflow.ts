import { planTask } from "#server/agent/custom/plan-task.ts";
import { runTaskCall } from "#server/agent/custom/run-task-call.ts";
import { writeTemplates } from "#server/agent/workflows/write-template.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { advanceRun } from "#server/services/workflows/advance-run.ts";
import { failRun } from "#server/services/workflows/stop-run.ts";
import { workflowBatchDue, workflowRunDue } from "../events.ts";

/** Chosen by us: half a million people; a run that goes on longer is taken up by the look of each minute. */
const PARTS_MAX = 100;

/** Drives one run: page by page through the plan, or round by round where the model makes it, the texts, the question, and the hand-out of what is to be done. It waits for nobody: whatever it waits for wakes it. */
export const runWorkflow = inngest.createFunction(
  {
    id: "run-workflow",
    triggers: [workflowRunDue],
    retries: 4,
    concurrency: [
      { key: "event.data.runId", limit: 1 },
      { key: "event.data.clubId", limit: 2 },
    ],
    onFailure: async ({ event, step }) => {
      const { data } = event.data.event;
      const detail = event.data.error.message;
      await step.run("fail", () => failRun(systemContext(data, { job: "run-workflow" }), { runId: data.runId, detail }));
    },
  },
  async ({ event, runId: requestId, step }) => {
    const { clubId, franchiseId, runId } = event.data;
    const ctx = systemContext(event.data, { job: "run-workflow", requestId });
    for (let part = 1; part <= PARTS_MAX; part += 1) {
      const next = await step.run(`advance-${part}`, () => advanceRun(ctx, { runId }));
      if (next.kind === "rest") {
        break;
      }
      if (next.kind === "think") {
        const { callIds } = await step.run(`think-${part}`, () => planTask(ctx, { runId }));
        for (const [index, callId] of callIds.entries()) {
          await step.run(`tool-${part}-${index}`, () => runTaskCall(ctx, { callId }));
        }
      }
      if (next.kind === "write") {
        await step.run(`write-${part}`, () => writeTemplates(ctx, { runId }));
      }
      if (next.kind === "act") {
        const batches = Array.from({ length: next.batchCount }, () => workflowBatchDue.create({ franchiseId, clubId, runId }));
        if (batches.length > 0) {
          await step.sendEvent(`hand-out-${part}`, batches);
        }
        break;
      }
    }
    await step.run("finish", () => finishEvent(event.data));
  },
);
