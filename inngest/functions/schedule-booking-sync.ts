import { inngest } from "#server/platform/events.ts";
import { listBookingSources } from "#server/services/bookings/list-booking-sources.ts";
import { appStarted, bookingSyncDue } from "../events.ts";

/** Has the bookings of every connection read each quarter of an hour. */
export const scheduleBookingSync = inngest.createFunction(
  { id: "schedule-booking-sync", triggers: [{ cron: "*/15 * * * *" }, appStarted], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const sources = await step.run("list-sources", () => listBookingSources());
    if (sources.length > 0) {
      const events = sources.map(({ connectionId, franchiseId, clubId }) => bookingSyncDue.create({ connectionId, franchiseId, clubId }));
      await step.sendEvent("hand-out", events);
    }
    return { sourceCount: sources.length };
  },
);
