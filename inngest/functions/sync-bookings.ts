import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { syncBookings as sync } from "#server/services/bookings/sync-bookings.ts";
import { systemContext } from "#server/services/context.ts";
import { bookingSyncDue } from "../events.ts";

/** Reads the bookings of one connection; one at a time per connection. */
export const syncBookings = inngest.createFunction(
  { id: "sync-bookings", triggers: [bookingSyncDue], retries: 2, concurrency: { key: "event.data.connectionId", limit: 1 } },
  async ({ event, step }) =>
    step.run("sync", () =>
      sync(systemContext(event.data, { job: "sync-bookings" }), { connectionId: asId("connection", event.data.connectionId) }),
    ),
);
