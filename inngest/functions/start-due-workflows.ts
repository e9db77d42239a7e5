import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { settleRun } from "#server/services/workflows/settle-run.ts";
import { listDueWorkflows, listUnfinishedRuns, startDueRun, wakeRun } from "#server/services/workflows/start-due-runs.ts";
import { appStarted } from "../events.ts";

const JOB = { job: "start-due-workflows" };

/** Each minute: workflows whose slot has come begin, runs that were left lying or that wait for this moment go on, and open outcomes are settled. */
export const startDueWorkflows = inngest.createFunction(
  { id: "start-due-workflows", triggers: [{ cron: "* * * * *" }, appStarted], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const startedCount = await step.run("start", startEach);
    const unfinishedCount = await step.run("go-on", goOn);
    return { startedCount, unfinishedCount };
  },
);

const startEach = async (): Promise<number> =>
  eachItem(await listDueWorkflows(), (workflow) => startDueRun(systemContext(workflow, JOB), { workflowId: workflow.id }));

const goOn = async (): Promise<number> =>
  eachItem(await listUnfinishedRuns(), async (run) => {
    await (run.isStale ? wakeRun : settleRun)(systemContext(run, JOB), { runId: run.id });
  });
