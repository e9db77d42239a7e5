import { inngest } from "#server/platform/events.ts";
import { assessAutonomy as assess } from "#server/services/autonomy/assess-autonomy.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";

/** Each day: which topic has earned its next stage, and which has lost the one it has. */
export const assessAutonomy = inngest.createFunction(
  { id: "assess-autonomy", triggers: [{ cron: "40 9 * * *" }], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("assess-each-club", assessEach) }),
);

const assessEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => assess(systemContext(club, { job: "assess-autonomy" })));
