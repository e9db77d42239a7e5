import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { answerToolCall, findWaitingToolCall } from "#server/services/agent-runs/answer-tool-call.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Input = { readonly runId: Id<"agentRun">; readonly toolCallId: Id<"toolCall"> };

/** Runs one request of the model and stores what it brought. What was answered already is left alone. */
export const runToolCall = async (ctx: ServiceContext, { runId, toolCallId }: Input): Promise<void> => {
  const call = await findWaitingToolCall(ctx, { runId, toolCallId });
  if (call === null) {
    return;
  }
  await answerToolCall(ctx, { toolCallId, outcome: "refused", result: { error: "there is no such tool" } });
};
