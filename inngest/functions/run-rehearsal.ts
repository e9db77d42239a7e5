import { runRehearsal as run } from "#server/agent/rehearse/run-rehearsal.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { failRehearsal } from "#server/services/rehearsals/rehearsals.ts";
import { rehearsalStarted } from "../events.ts";

/** Runs kept tests, or the last days of an inbox, through the agent again. Nothing leaves. */
export const runRehearsal = inngest.createFunction(
  {
    id: "run-rehearsal",
    triggers: [rehearsalStarted],
    retries: 3,
    concurrency: { key: "event.data.clubId", limit: 1 },
    onFailure: async ({ event, step }) => {
      const { data } = event.data.event;
      await step.run("fail", () =>
        failRehearsal(systemContext(data, { job: "run-rehearsal" }), { ...data, detail: event.data.error.message }),
      );
    },
  },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "run-rehearsal" });
    for (let part = 1; ; part += 1) {
      const { goesOn } = await step.run(`rehearse-${part}`, () => run(ctx, { rehearsalId: event.data.rehearsalId }));
      if (!goesOn) {
        break;
      }
    }
    await step.run("finish", () => finishEvent(event.data));
  },
);
