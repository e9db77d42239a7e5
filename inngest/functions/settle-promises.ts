import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { settlePromises as settle } from "#server/services/past-due/settle-promises.ts";

/** Four times an hour: promises that were kept, broken or fall due today, and what was said to be paid. */
export const settlePromises = inngest.createFunction(
  { id: "settle-promises", triggers: [{ cron: "7,22,37,52 * * * *" }], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("settle-each-club", settleEach) }),
);

const settleEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), async (club) => {
    const ctx = systemContext(club, { job: "settle-promises" });
    const { effectIds } = await settle(ctx);
    for (const effectId of effectIds) {
      await dispatchEffect(ctx, { effectId });
    }
  });
