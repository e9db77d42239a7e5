import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { actOnBatch as act } from "#server/services/workflows/act-on-batch.ts";
import { workflowBatchDue } from "../events.ts";

/** Chosen by us: enough to keep a vendor's pace, and never so many waiting for their turn that a call outlives its lease. */
const BATCHES_PER_CLUB = 6;
/** Chosen by us: whoever is put off more often waits for the look of each minute. */
const PARTS_MAX = 5;

/** Acts on the next few outcomes of a run. What a crash leaves behind is taken by another batch once its claim has ended. */
export const actOnBatch = inngest.createFunction(
  { id: "act-on-batch", triggers: [workflowBatchDue], retries: 3, concurrency: { key: "event.data.clubId", limit: BATCHES_PER_CLUB } },
  async ({ event, runId: requestId, step }) => {
    const ctx = systemContext(event.data, { job: "act-on-batch", requestId });
    for (let part = 1; part <= PARTS_MAX; part += 1) {
      const { againAt } = await step.run(`act-${part}`, () => act(ctx, { runId: event.data.runId }));
      if (againAt === null) {
        break;
      }
      await step.sleepUntil(`wait-${part}`, againAt);
    }
  },
);
