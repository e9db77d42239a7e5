import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { askSatisfaction as ask } from "#server/services/satisfaction/ask-satisfaction.ts";

/** Every two minutes: whoever was served ten minutes ago is asked how it went, in clubs that ask. */
export const askSatisfaction = inngest.createFunction(
  { id: "ask-satisfaction", triggers: [{ cron: "*/2 * * * *" }], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("ask-each", askEach) }),
);

const askEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => ask(systemContext(club, { job: "ask-satisfaction" })));
