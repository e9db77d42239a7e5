import { scriptedMind, scriptedThink, thought } from "#server/agent/testing.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
import type { Mind } from "#server/agent/mind.ts";
import { runToolCall } from "#server/agent/run-tool-call.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { Think } from "#server/platform/model-client.ts";
import { claimRun } from "#server/services/agent-runs/claim-run.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";

import { database } from "./db.ts";
import { MADE_AT, type ClubKey } from "./factories.ts";
import type { Line } from "./scripted-line.ts";

/** An answer that rests on the article of `teachHours` and needs nobody's help. */
export const SURE_TEXT = "The front desk is staffed 9 am to 3 pm on Saturday. Can I help with anything else?";
export const sureThink: Think = scriptedThink(thought({ reply: SURE_TEXT }));

export const teachHours = async (club: ClubKey): Promise<void> => {
  await database().owner.knowledgeArticle.create({
    data: {
      id: newId("knowledgeArticle"),
      franchiseId: club.franchiseId,
      clubId: club.id,
      title: "Opening hours",
      body: "The front desk is staffed Monday to Friday 8 am to 8 pm and Saturday 9 am to 3 pm.",
      status: "published",
      source: "staff",
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
};

type Asked = { readonly conversationId: Id<"conversation">; readonly messageId: Id<"message"> };
type Answered = { readonly claim: string; readonly effectId: Id<"effect"> | null; readonly runId: Id<"agentRun"> | null };

let serial = 0;

/** What the engine does with a stored message up to the plan: claim it and think. */
export const think = async (line: Line, asked: Asked, mind: Think = sureThink, fixedNow?: Date): Promise<Answered> => {
  const ctx: ServiceContext = { ...line.system, ...(fixedNow === undefined ? {} : { fixedNow }) };
  const claim = await claimRun(ctx, {
    conversationId: asked.conversationId,
    messageId: asked.messageId,
    inngestRunId: `engine-${(serial += 1)}`,
  });
  if (claim.kind !== "claimed") {
    return { claim: claim.kind, effectId: null, runId: null };
  }
  const agent: ServiceContext = { ...ctx, actor: { kind: "agent", runId: claim.runId } };
  const step = await answerMessage(
    agent,
    { conversationId: asked.conversationId, messageId: asked.messageId, runId: claim.runId, fencingToken: claim.fencingToken },
    scriptedMind(mind),
  );
  return { claim: "claimed", effectId: step.kind === "concluded" ? step.effectId : null, runId: claim.runId };
};

const STEPS_MAX = 40;

type WholeRun = {
  readonly mind: Mind;
  /** The database's clock at each step, from 0; absent = as it is. */ readonly at?: (step: number) => Date;
};

/** A run as the engine does it: tools run and are told, until something is concluded. */
export const runToEnd = async (line: Line, asked: Asked, { at, mind }: WholeRun): Promise<Answered & { readonly stepCount: number }> => {
  const ctxAt = (step: number): ServiceContext => ({ ...line.system, ...(at === undefined ? {} : { fixedNow: at(step) }) });
  const input = { conversationId: asked.conversationId, messageId: asked.messageId };
  const claim = await claimRun(ctxAt(0), { ...input, inngestRunId: `engine-${(serial += 1)}` });
  if (claim.kind !== "claimed") {
    return { claim: claim.kind, effectId: null, runId: null, stepCount: 0 };
  }
  const { fencingToken, runId } = claim;
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const agent: ServiceContext = { ...ctxAt(step), actor: { kind: "agent", runId } };
    const next = await answerMessage(agent, { ...input, runId, fencingToken }, mind);
    if (next.kind === "concluded") {
      return { claim: "claimed", effectId: next.effectId, runId, stepCount: step + 1 };
    }
    for (const toolCallId of next.toolCallIds) {
      await runToolCall(agent, { runId, toolCallId });
    }
  }
  throw new Error(`the run has not ended after ${STEPS_MAX} steps`);
};

/** One step with the last one: what was planned is handed to the vendor. */
export const answer = async (
  line: Line,
  asked: Asked,
  mind: Think = sureThink,
): Promise<Answered & { readonly dispatch: DispatchResult | null }> => {
  const answered = await think(line, asked, mind);
  const dispatch = answered.effectId === null ? null : await dispatchEffect(line.system, { effectId: answered.effectId });
  return { ...answered, dispatch };
};
