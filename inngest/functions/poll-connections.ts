import { inngest } from "#server/platform/events.ts";
import { listShards } from "#server/services/sync/poll-shard.ts";
import { appStarted, shardDue } from "../events.ts";

/** Second wave of a minute: with steps of 50 s at 0 and 30 s no moment of a minute is without a poller. */
const SECOND_WAVE_SECONDS = 30;

/** Each minute, hands every group of connections to two overlapping pollers. */
export const pollConnections = inngest.createFunction(
  { id: "poll-connections", triggers: [{ cron: "* * * * *" }, appStarted], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const shards = await step.run("list-shards", () => listShards());
    if (shards.length > 0) {
      const events = shards.flatMap((connectionIds) => [
        shardDue.create({ connectionIds, delaySeconds: 0 }),
        shardDue.create({ connectionIds, delaySeconds: SECOND_WAVE_SECONDS }),
      ]);
      await step.sendEvent("hand-out", events);
    }
    return { shardCount: shards.length };
  },
);
