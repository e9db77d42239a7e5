import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { listDueEffects, listUnsettledEffects } from "#server/services/effects/list-effects.ts";
import { reconcileEffect } from "#server/services/effects/reconcile-effect.ts";
import { appStarted } from "../events.ts";

/** Passes of one minute: with them an interrupted send is known as unknown, and shown, within 60 s. */
const PASSES = ["first", "second", "third"] as const;
const PAUSE_SECONDS = 18;

/** Takes up what a crash left lying, and finds out what became of sends nobody knows the outcome of. */
export const settleEffects = inngest.createFunction(
  { id: "settle-effects", triggers: [{ cron: "* * * * *" }, appStarted], retries: 1, concurrency: { limit: 1 } },
  async ({ step }) => {
    for (const pass of PASSES) {
      await step.run(`dispatch-${pass}`, dispatchDue);
      await step.run(`reconcile-${pass}`, reconcileUnsettled);
      if (pass !== "third") {
        await step.sleep(`pause-${pass}`, `${PAUSE_SECONDS}s`);
      }
    }
  },
);

const dispatchDue = async (): Promise<number> => {
  const effects = await listDueEffects();
  for (const effect of effects) {
    await dispatchEffect(systemContext(effect, { job: "settle-effects" }), { effectId: effect.id });
  }
  return effects.length;
};

const reconcileUnsettled = async (): Promise<number> => {
  const effects = await listUnsettledEffects();
  for (const effect of effects) {
    await reconcileEffect(systemContext(effect, { job: "settle-effects" }), { effectId: effect.id });
  }
  return effects.length;
};
