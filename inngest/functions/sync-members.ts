import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { liftLocks } from "#server/services/access/lift-locks.ts";
import { systemContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { syncMembers as sync } from "#server/services/members/sync-members.ts";
import { memberSyncDue } from "../events.ts";

/** Reads the members of one connection; one at a time per connection. */
export const syncMembers = inngest.createFunction(
  { id: "sync-members", triggers: [memberSyncDue], retries: 2, concurrency: { key: "event.data.connectionId", limit: 1 } },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "sync-members" });
    const synced = await step.run("sync", () => sync(ctx, { connectionId: asId("connection", event.data.connectionId) }));
    // Whoever has paid by the balance that was just read is let in again at once.
    for (const effectId of await step.run("lift", () => liftLocks(ctx, { contactIds: null }))) {
      await step.run(`unlock-${effectId}`, () => dispatchEffect(ctx, { effectId }));
    }
    return synced;
  },
);
