import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { deliverHeld } from "#server/services/notifications/deliver-notification.ts";
import { heldNotificationsDue } from "../events.ts";

/** Tells the people of one club what waited for the morning or was put off; a vendor that is slow for one club keeps no other waiting. */
export const deliverHeldNotifications = inngest.createFunction(
  {
    id: "deliver-held-notifications",
    triggers: [heldNotificationsDue],
    retries: 2,
    concurrency: { key: "event.data.clubId", limit: 1 },
  },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "deliver-held-notifications", requestId: runId });
    return { count: await step.run("deliver", () => deliverHeld(ctx)) };
  },
);
