import { inngest } from "#server/platform/events.ts";
import { writeBrief } from "#server/services/briefs/write-brief.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";

/** Every few minutes: the clubs at which it has become seven get their brief, each once a day. */
export const writeBriefs = inngest.createFunction(
  { id: "write-briefs", triggers: [{ cron: "*/5 * * * *" }], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("write-each", writeEach) }),
);

const writeEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => writeBrief(systemContext(club, { job: "write-briefs" })));
