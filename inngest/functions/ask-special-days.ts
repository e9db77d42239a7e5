import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { askSpecialDays as ask } from "#server/services/notices/ask-special-days.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { appStarted } from "../events.ts";

/** Each day before the first club opens: asks for the hours of holidays that come near. */
export const askSpecialDays = inngest.createFunction(
  { id: "ask-special-days", triggers: [{ cron: "15 9 * * *" }, appStarted], retries: 3, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("ask-each-club", askEach) }),
);

const askEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => ask(systemContext(club, { job: "ask-special-days" })));
