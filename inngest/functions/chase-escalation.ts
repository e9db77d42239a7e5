import { asId } from "#server/domain/ids.ts";
import { inngest } from "#server/platform/events.ts";
import { systemContext } from "#server/services/context.ts";
import { beginChase } from "#server/services/escalations/begin-chase.ts";
import { reportStuckChase } from "#server/services/escalations/stuck-chase.ts";
import { endChase, tellStep } from "#server/services/escalations/tell-step.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { personCalled } from "../events.ts";

/** Tells people of a conversation that waits for one of them, step by step as the club's rules say, until somebody has it. */
export const chaseEscalation = inngest.createFunction(
  {
    id: "chase-escalation",
    triggers: [personCalled],
    retries: 4,
    concurrency: { key: "event.data.clubId", limit: 10 },
    onFailure: async ({ event, step }) => {
      const { data } = event.data.event;
      const stuck = { chaseId: asId("escalationChase", data.chaseId), conversationId: data.conversationId };
      await step.run("report", () => reportStuckChase(systemContext(data, { job: "chase-escalation" }), stuck));
    },
  },
  async ({ event, step, runId }) => {
    const ctx = systemContext(event.data, { job: "chase-escalation", requestId: runId });
    const chaseId = asId("escalationChase", event.data.chaseId);
    const call = {
      chaseId,
      conversationId: asId("conversation", event.data.conversationId),
      reason: event.data.reason,
      calledAt: new Date(event.data.calledAt),
    };
    const { stepsAt } = await step.run("begin", () => beginChase(ctx, call));
    // From here on the rows hold what is to be done; the sweep goes on with them should this run be lost.
    await step.run("finish", () => finishEvent(event.data));
    let kind = stepsAt.length === 0 ? "taken" : "told";
    for (const [index, at] of stepsAt.entries()) {
      if (kind !== "taken") {
        await step.sleepUntil(`wait-${index}`, at);
        kind = (await step.run(`tell-${index}`, () => tellStep(ctx, { chaseId, index }))).kind;
      }
    }
    if (kind !== "taken") {
      kind = (await step.run("end", () => endChase(ctx, { chaseId }))).kind;
    }
    return { kind };
  },
);
