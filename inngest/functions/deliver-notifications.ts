import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { deliverBatch } from "#server/services/notifications/deliver-notification.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { notificationDue } from "../events.ts";

/** Tells people of one piece of news outside Spotter, each by the ways they chose; what waits for the morning is the sweep's. */
export const deliverNotifications = inngest.createFunction(
  { id: "deliver-notifications", triggers: [notificationDue], retries: 3, concurrency: { key: "event.data.clubId", limit: 3 } },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "deliver-notifications", requestId: runId });
    const count = await step.run("deliver", () => deliverBatch(ctx, { batchId: event.data.batchId }));
    await step.run("finish", () => finishEvent(event.data));
    return { count };
  },
);
