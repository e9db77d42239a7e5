import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { learnArticles as learn } from "#server/services/knowledge/learn-articles.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { appStarted } from "../events.ts";

/** When the app has started: what the clubs' articles are asked for is made ready for comparison. */
export const learnArticles = inngest.createFunction(
  { id: "learn-articles", triggers: [appStarted], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("learn-each-club", learnEach) }),
);

const learnEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => learn(systemContext(club, { job: "learn-articles" })));
