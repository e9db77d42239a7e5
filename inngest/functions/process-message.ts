import { asId } from "#server/domain/ids.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
import { runToolCall } from "#server/agent/run-tool-call.ts";
import { summariseConversation } from "#server/agent/summarise-conversation.ts";
import { inngest } from "#server/platform/events.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import { failRun } from "#server/services/agent-runs/fail-run.ts";
import { systemContext, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { burstWindowSeconds } from "#server/services/policies/burst-window.ts";
import { messageReceived } from "../events.ts";

/**
 * From a stored message to a dispatched answer: wait for the rest of the burst, claim, think and decide, dispatch.
 * Each tool the model asks for is a step of its own; `RUN_MAX_MODEL_CALLS` ends the rounds.
 */
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
      const agent = agentContext(ctx, claim.runId);
      let next = await step.run("answer", () => answerMessage(agent, { ...message, ...claim }));
      for (let round = 1; next.kind === "wants_tools"; round += 1) {
        for (const [index, toolCallId] of next.toolCallIds.entries()) {
          await step.run(`tool-${round}-${index}`, () => runToolCall(agent, { runId: claim.runId, toolCallId }));
        }
        next = await step.run(`answer-${round}`, () => answerMessage(agent, { ...message, ...claim }));
      }
      const { actId, effectId } = next;
      if (actId !== undefined) {
        await step.run("act", () => dispatchEffect(agent, { effectId: actId }));
      }
      if (effectId !== null) {
        await step.run("dispatch", () => dispatchEffect(agent, { effectId }));
      }
    }
    await step.run("finish", () => finishEvent(data));
    if (claim.kind === "claimed") {
      // After everything that somebody waits for.
      await step.run("summarise", () => summariseConversation(agentContext(ctx, claim.runId), message));
    }
    return { claim: claim.kind };
  },
);

/** What the agent does it does in its own name. */
const agentContext = (ctx: ServiceContext, runId: string): ServiceContext => ({
  ...ctx,
  actor: { kind: "agent", runId: asId("agentRun", runId) },
});
