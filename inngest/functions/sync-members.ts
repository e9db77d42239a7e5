import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { listSyncDue } from "#server/services/members/list-sync-due.ts";
import { syncMembers as sync } from "#server/services/members/sync-members.ts";
import { appStarted, memberSyncDue } from "../events.ts";

/** Looks each minute whose members have not been read for an hour. */
export const scheduleMemberSync = inngest.createFunction(
  { id: "schedule-member-sync", triggers: [{ cron: "* * * * *" }, appStarted], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const due = await step.run("list-due", () => listSyncDue());
    if (due.length > 0) {
      const events = due.map(({ connectionId, franchiseId, clubId }) => memberSyncDue.create({ connectionId, franchiseId, clubId }));
      await step.sendEvent("hand-out", events);
    }
    return { dueCount: due.length };
  },
);

/** Reads the members of one connection; one at a time per connection. */
export const syncMembers = inngest.createFunction(
  { id: "sync-members", triggers: [memberSyncDue], retries: 2, concurrency: { key: "event.data.connectionId", limit: 1 } },
  async ({ event, step }) =>
    step.run("sync", () => sync(systemContext(event.data, { job: "sync-members" }), { connectionId: asId("connection", event.data.connectionId) })),
);
