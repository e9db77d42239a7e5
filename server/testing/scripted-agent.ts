import { scriptedMind, scriptedThink, thought } from "#server/agent/testing.ts";
import { answerMessage } from "#server/agent/answer-message.ts";
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

/** The same with its last step: what was planned is handed to the vendor. */
export const answer = async (
  line: Line,
  asked: Asked,
  mind: Think = sureThink,
): Promise<Answered & { readonly dispatch: DispatchResult | null }> => {
  const answered = await think(line, asked, mind);
  const dispatch = answered.effectId === null ? null : await dispatchEffect(line.system, { effectId: answered.effectId });
  return { ...answered, dispatch };
};
