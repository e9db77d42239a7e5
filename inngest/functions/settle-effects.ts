import { inngest } from "#server/platform/events.ts";
import { sweepDueEffects, sweepUnsettledEffects } from "#server/services/effects/sweep-effects.ts";
import { appStarted } from "../events.ts";

/** Passes of one minute: with them an interrupted send is known as unknown, and shown, within 60 s. */
const PASSES = ["first", "second", "third"] as const;
const PAUSE_SECONDS = 18;

/** Takes up what a crash left lying, and finds out what became of sends nobody knows the outcome of. */
export const settleEffects = inngest.createFunction(
  { id: "settle-effects", triggers: [{ cron: "* * * * *" }, appStarted], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    for (const pass of PASSES) {
      await step.run(`dispatch-${pass}`, sweepDueEffects);
      await step.run(`reconcile-${pass}`, sweepUnsettledEffects);
      if (pass !== "third") {
        await step.sleep(`pause-${pass}`, `${PAUSE_SECONDS}s`);
      }
    }
  },
);
