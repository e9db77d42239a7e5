import { asId } from "#server/domain/ids.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
import { inngest } from "#server/platform/events.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { failRun } from "#server/services/agent-runs/fail-run.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { burstWindowSeconds } from "#server/services/policies/burst-window.ts";
import { messageReceived } from "../events.ts";

/** From a stored message to a dispatched answer: wait for the rest of the burst, claim, think and decide, dispatch. */
export const processMessage = inngest.createFunction(
  {
    id: "process-message",
    triggers: [messageReceived],
    retries: 4,
    concurrency: { key: "event.data.clubId", limit: 10 },
    onFailure: async ({ event, step }) => {
      const { data } = event.data.event;
      const detail = event.data.error.message;
      await step.run("fail", () => failRun(systemContext(data, { job: "process-message" }), { ...data, detail }));
    },
  },
  async ({ event, step, runId }) => {
    const { data } = event;
    const ctx = systemContext(data, { job: "process-message", requestId: runId });
    const message = { conversationId: asId("conversation", data.conversationId), messageId: asId("message", data.messageId) };
    const seconds = await step.run("read-burst-window", () => burstWindowSeconds(ctx));
    await step.sleep("burst", `${seconds}s`);
    const claim = await step.run("claim", () => claimRun(ctx, { ...message, inngestRunId: runId }));
    if (claim.kind === "claimed") {
      const { effectId } = await step.run("answer", () => answerMessage(agentContext(ctx, claim.runId), { ...message, ...claim }));
      if (effectId !== null) {
        await step.run("dispatch", () => dispatchEffect(agentContext(ctx, claim.runId), { effectId }));
      }
    }
    await step.run("finish", () => finishEvent(data));
    return { claim: claim.kind };
  },
);

/** What the agent does it does in its own name. */
const agentContext = (ctx: ServiceContext, runId: string): ServiceContext => ({
  ...ctx,
  actor: { kind: "agent", runId: asId("agentRun", runId) },
});
