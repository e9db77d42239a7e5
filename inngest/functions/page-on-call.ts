import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { ON_CALL_PAUSE_MINUTES, ON_CALL_ROUNDS } from "#server/services/alerts/limits.ts";
import { giveUpOnCall, pageOnCall as page } from "#server/services/alerts/page-on-call.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { emergencyRaised } from "../events.ts";

/** Tells the on-call phone of an emergency at once and again, until somebody has it or the rounds are over. */
export const pageOnCall = inngest.createFunction(
  { id: "page-on-call", triggers: [emergencyRaised], retries: 4, concurrency: { key: "event.data.clubId", limit: 10 } },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "page-on-call", requestId: runId });
    const messageId = asId("message", event.data.messageId);
    let kind = "told";
    for (let round = 1; round <= ON_CALL_ROUNDS && kind !== "taken"; round += 1) {
      kind = (await step.run(`tell-${round}`, () => page(ctx, { messageId, round }))).kind;
      if (kind !== "taken") {
        await step.sleep(`pause-${round}`, `${ON_CALL_PAUSE_MINUTES}m`);
      }
    }
    if (kind !== "taken") {
      kind = (await step.run("give-up", () => giveUpOnCall(ctx, { messageId }))).kind;
    }
    await step.run("finish", () => finishEvent(event.data));
    return { kind };
  },
);
