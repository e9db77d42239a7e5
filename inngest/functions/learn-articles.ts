import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { eachItem } from "#server/services/each-item.ts";
import { learnArticles as learn } from "#server/services/knowledge/learn-articles.ts";
import { type ClubToAsk, listClubsToAsk } from "#server/services/notices/list-clubs-to-ask.ts";
import { appStarted } from "../events.ts";

/** A run may have 1,000 steps (Inngest, usage limits, 2026-11); a club takes seconds the first time and nothing after that. */
const STEPS_MAX_COUNT = 200;

/** When the app has started: what the clubs' articles are asked for is made ready for comparison. */
export const learnArticles = inngest.createFunction(
  { id: "learn-articles", triggers: [appStarted], retries: 2, concurrency: { limit: 1 } },
  async ({ step }) => {
    const clubs = await step.run("list-clubs", listClubsToAsk);
    const size = Math.max(1, Math.ceil(clubs.length / STEPS_MAX_COUNT));
    for (let at = 0; at < clubs.length; at += size) {
      await step.run(`learn-${at}`, () => learnEach(clubs.slice(at, at + size)));
    }
    return { clubCount: clubs.length };
  },
);

const learnEach = (clubs: readonly ClubToAsk[]): Promise<number> =>
  eachItem(clubs, (club) => learn(systemContext(club, { job: "learn-articles" })));
