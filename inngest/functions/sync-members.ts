import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { syncMembers as sync } from "#server/services/members/sync-members.ts";
import { memberSyncDue } from "../events.ts";

/** Reads the members of one connection; one at a time per connection. */
export const syncMembers = inngest.createFunction(
  { id: "sync-members", triggers: [memberSyncDue], retries: 2, concurrency: { key: "event.data.connectionId", limit: 1 } },
  async ({ event, step }) =>
    step.run("sync", () =>
      sync(systemContext(event.data, { job: "sync-members" }), { connectionId: asId("connection", event.data.connectionId) }),
    ),
);
