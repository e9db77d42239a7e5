import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { restoreAccess } from "#server/services/access/restore-access.ts";
import { systemContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { settlePromises } from "#server/services/past-due/settle-promises.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { paymentReceived } from "../events.ts";

/** Money came in: whoever was locked out for it is let in again at once, and a promise that it keeps is thanked for. */
export const receivePayment = inngest.createFunction(
  { id: "receive-payment", triggers: [paymentReceived], retries: 4, concurrency: { key: "event.data.clubId", limit: 5 } },
  async ({ event, step }) => {
    const ctx = systemContext(event.data, { job: "receive-payment" });
    const { effectIds } = await step.run("restore", () => restoreAccess(ctx, { paymentId: asId("payment", event.data.paymentId) }));
    for (const effectId of effectIds) {
      await step.run(`dispatch-${effectId}`, () => dispatchEffect(ctx, { effectId }));
    }
    await step.run("promises", () => settlePromises(ctx));
    await step.run("finish", () => finishEvent(event.data));
    return { effectIds };
  },
);
