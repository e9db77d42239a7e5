import { reviewWeek as review } from "#server/agent/review-week.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";

/** Looks every third hour which club's week has not been reviewed yet; on its Monday morning, or later where that was missed. */
export const reviewWeek = inngest.createFunction(
  { id: "review-week", triggers: [{ cron: "20 */3 * * *" }], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    const clubs = await step.run("list-clubs", () => listClubsToAsk());
    for (const club of clubs) {
      await step.run(`review-${club.id}`, () => eachItem([club], (each) => review(systemContext(each, { job: "review-week" }))));
    }
    return { clubCount: clubs.length };
  },
);
