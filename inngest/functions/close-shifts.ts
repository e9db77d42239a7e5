import { inngest } from "#server/platform/events.ts";
import { closeShift } from "#server/services/closings/close-shift.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";

/** Every few minutes: in clubs whose desk has closed, what staff left unanswered is listed, and half an hour later left to the next shift. */
export const closeShifts = inngest.createFunction(
  { id: "close-shifts", triggers: [{ cron: "*/5 * * * *" }], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => ({ clubCount: await step.run("close-each", closeEach) }),
);

const closeEach = async (): Promise<number> =>
  eachItem(await listClubsToAsk(), (club) => closeShift(systemContext(club, { job: "close-shifts" })));
