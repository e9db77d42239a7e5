import { inngest } from "#server/platform/events.ts";
import { assessAutonomy } from "#server/services/autonomy/assess-autonomy.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { answerCorrected } from "../events.ts";

/** Staff found an automatic answer wrong: a topic that loses its stage by it loses it now and not tomorrow. */
export const heedCorrection = inngest.createFunction(
  { id: "heed-correction", triggers: [answerCorrected], retries: 3, concurrency: { key: "event.data.clubId", limit: 1 } },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "heed-correction" });
    const assessed = await step.run("assess", () => assessAutonomy(ctx));
    await step.run("finish", () => finishEvent(event.data));
    return assessed;
  },
);
