import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { followReset as follow } from "#server/services/devices/follow-reset.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { resetStarted } from "../events.ts";

/** As often as the vendor may be asked for news of a device. */
const PAUSE_SECONDS = 10;
/** With the pauses these outlast the time after which a reset counts as failed. */
const LOOKS_MAX = 70;

/** Watches a device's reset until the vendor says how it ended. */
export const followReset = inngest.createFunction(
  { id: "follow-reset", triggers: [resetStarted], retries: 4, concurrency: { key: "event.data.clubId", limit: 5 } },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "follow-reset" });
    const effectId = asId("effect", event.data.effectId);
    let state = "running";
    for (let looks = 0; looks < LOOKS_MAX && state === "running"; looks += 1) {
      await step.sleep(`pause-${looks}`, `${PAUSE_SECONDS}s`);
      state = (await step.run(`look-${looks}`, () => follow(ctx, { effectId }))).state;
    }
    await step.run("finish", () => finishEvent(event.data));
    return { state };
  },
);
