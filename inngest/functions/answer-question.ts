import { answerQuestion as answer } from "#server/agent/ask/answer-question.ts";
import { runAskCall } from "#server/agent/ask/run-ask-call.ts";
import { inngest } from "#server/platform/events.ts";
import { finishAskTurn } from "#server/services/ask/finish-ask-turn.ts";
import { systemContext } from "#server/services/context.ts";
import { finishEvent } from "#server/services/outbox/sweep-outbox.ts";
import { questionAsked } from "../events.ts";

/** Answers what somebody of a club asked: rounds of one call of the model and the tools it asked for, each a step of its own. */
export const answerQuestion = inngest.createFunction(
  {
    id: "answer-question",
    triggers: [questionAsked],
    retries: 3,
    concurrency: { key: "event.data.clubId", limit: 2 },
    onFailure: async ({ event, step }) => {
      const { data } = event.data.event;
      await step.run("fail", () =>
        finishAskTurn(systemContext(data, { job: "answer-question" }), {
          turnId: data.turnId,
          answer: null,
          endCode: "crashed",
          turn: null,
        }),
      );
    },
  },
  async ({ event, step, runId }) => {
    const { turnId } = event.data;
    const ctx = systemContext(event.data, { job: "answer-question", requestId: runId });
    for (let round = 0; ; round += 1) {
      const next = await step.run(`think-${round}`, () => answer(ctx, { turnId, round }));
      if (next.kind === "ended") {
        break;
      }
      for (const [index, callId] of next.callIds.entries()) {
        await step.run(`tool-${round}-${index}`, () => runAskCall(ctx, { callId }));
      }
    }
    await step.run("finish", () => finishEvent(event.data));
  },
);
