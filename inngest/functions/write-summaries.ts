import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { writeSummary } from "#server/services/summaries/write-summary.ts";

/** Every few minutes: the clubs at which it has become eight on a Monday tell of the week before, each once. */
export const writeSummaries = inngest.createFunction(
  { id: "write-summaries", triggers: [{ cron: "*/5 * * * *" }], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("write-each", writeEach) }),
);

const writeEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => writeSummary(systemContext(club, { job: "write-summaries" })));
