import "server-only";

import { conclude } from "#server/agent/conclude.ts";
import type { Look } from "#server/agent/automate.ts";
import { consider } from "#server/agent/consider.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import type { Id } from "#server/domain/ids.ts";
import { sentOf } from "#server/platform/model-messages.ts";
import { findDoor } from "#server/services/access/find-door.ts";
import { finishRun, type FinishedRun } from "#server/services/agent-runs/finish-run.ts";
import { loadSituation } from "#server/services/agent-runs/load-situation.ts";
import { recordToolRequests } from "#server/services/agent-runs/record-tool-requests.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findBay } from "#server/services/devices/find-bay.ts";
import { recallMeanings } from "#server/services/knowledge/recall-meanings.ts";

export type AnswerInput = {
  readonly runId: Id<"agentRun">;
  readonly fencingToken: string;
  readonly conversationId: Id<"conversation">;
  readonly messageId: Id<"message">;
};

/** Where a message stands after one step: settled, with what is to be dispatched, or waiting for tools to run. */
export type AnswerStep =
  | ({ readonly kind: "concluded" } & FinishedRun)
  | { readonly kind: "wants_tools"; readonly toolCallIds: readonly Id<"toolCall">[] };

/** One step of a run: what it knows by now is considered, and what follows is stored. Nothing is sent here. */
export const answerMessage = async (ctx: ServiceContext, input: AnswerInput, mind: Mind = installedMind()): Promise<AnswerStep> => {
  const loaded = await loadSituation(ctx, input);
  if (loaded === null) {
    return { kind: "concluded", effectId: null };
  }
  const situation = { ...loaded, knowledge: await recallMeanings(ctx, { articles: loaded.knowledge }) };
  const considered = await consider(situation, { look: lookIn(ctx, input), ...mind, fairKey: ctx.clubId });
  const prompt = considered.request === undefined ? null : sentOf(considered.request);
  if (considered.kind === "wants_tools") {
    const { requests, turn } = considered;
    const turnIndex = situation.run.modelCallCount;
    return { kind: "wants_tools", toolCallIds: await recordToolRequests(ctx, { ...input, turnIndex, requests, turn, prompt }) };
  }
  return { kind: "concluded", ...(await finishRun(ctx, { ...conclude({ input, situation, considered }), prompt })) };
};

/** What automations look up, of the conversation that is answered and no other. */
const lookIn = (ctx: ServiceContext, { conversationId }: AnswerInput): Look => ({
  bay: (bay) => findBay(ctx, { bay, conversationId }),
  door: (words) => findDoor(ctx, { words, conversationId }),
});
