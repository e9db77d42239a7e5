import { inngest } from "#server/platform/events.ts";
import { listSyncDue } from "#server/services/members/list-sync-due.ts";
import { appStarted, memberSyncDue } from "../events.ts";

/** Looks each minute whose members are due. */
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
