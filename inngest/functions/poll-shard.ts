import { inngest } from "#server/platform/events.ts";
import { pollShard as poll } from "#server/services/sync/poll-shard.ts";
import { shardDue } from "../events.ts";

/** Polls one group of connections for one long step; the next minute's run goes on where this one ends. */
export const pollShard = inngest.createFunction(
  { id: "poll-shard", triggers: [shardDue], retries: 0, concurrency: { limit: 30 } },
  async ({ event, step }) => {
    const { connectionIds, delaySeconds } = event.data;
    if (delaySeconds > 0) {
      await step.sleep("second-wave", `${delaySeconds}s`);
    }
    return step.run("poll", () => poll({ connectionIds }));
  },
);
