import type { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";

import { database } from "./db.ts";
import { MADE_AT, scopeOf, type ClubKey } from "./factories.ts";

/** What the agent decided on a message, with its reading and a run that cost something. */
export const makeDecision = async (
  club: ClubKey,
  message: { readonly id: string; readonly conversationId: string },
  overrides: Partial<Pick<Prisma.DecisionUncheckedCreateInput, "outcome" | "reasons" | "inputs" | "confidenceRatio" | "createdAt">> & {
    readonly costMicros?: bigint;
  } = {},
) => {
  const { owner } = database();
  const { costMicros = 1_200n, ...columns } = overrides;
  const scope = { ...scopeOf(club), conversationId: message.conversationId, messageId: message.id };
  const run = await owner.agentRun.upsert({
    where: { clubId_conversationId_messageId: { clubId: club.id, conversationId: message.conversationId, messageId: message.id } },
    update: {},
    create: { id: newId("agentRun"), ...scope, inboundSequence: 1, status: "succeeded", startedAt: MADE_AT },
  });
  await owner.modelTurn.create({
    data: {
      id: newId("modelTurn"),
      ...scopeOf(club),
      agentRunId: run.id,
      model: "test-model",
      promptVersion: "1",
      inputTokens: 10,
      outputTokens: 5,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      costMicros,
      latencyMs: 1,
      createdAt: MADE_AT,
    },
  });
  const classification = await owner.intentClassification.create({
    data: {
      id: newId("intentClassification"),
      ...scopeOf(club),
      messageId: message.id,
      agentRunId: run.id,
      category: "question",
      subIntent: "opening_hours",
      confidenceRatio: 0.9,
      riskFlags: [],
      evidence: "open today",
      language: "en",
      source: "test-model",
      createdAt: MADE_AT,
    },
  });
  const id = newId("decision");
  await owner.decision.create({
    data: {
      outcome: "suggest",
      reasons: ["stage_suggest"],
      inputs: {},
      confidenceRatio: 0.9,
      createdAt: MADE_AT,
      ...columns,
      id,
      ...scope,
      agentRunId: run.id,
      classificationId: classification.id,
      thresholdRatio: 0.85,
      category: "question",
      policyVersion: "f0.c0",
    },
  });
  return { id, runId: run.id };
};

/** A draft of the agent that waits for a person. */
export const makeSuggestion = async (
  club: ClubKey,
  conversation: { readonly id: string; readonly contactId: string; readonly channelId: string },
  {
    text = "We are open until ten.",
    decisionId = null,
    ...approval
  }: { readonly text?: string; readonly decisionId?: string | null } & Partial<Prisma.ApprovalUncheckedCreateInput> = {},
) => {
  const { owner } = database();
  const channel = await owner.channel.findUniqueOrThrow({ where: { id: conversation.channelId } });
  const effectId = newId("effect");
  await owner.effect.create({
    data: {
      id: effectId,
      ...scopeOf(club),
      effectKey: `test:${effectId}`,
      kind: "message.send",
      effectKind: "send",
      status: "planned",
      plannedBy: "agent",
      needsApproval: true,
      connectionId: channel.connectionId,
      channelId: channel.id,
      conversationId: conversation.id,
      contactId: conversation.contactId,
      decisionId,
      purpose: "reply",
      arguments: { to: "", recipientExternalId: null, text },
      argumentsHash: sha256(text),
      createdAt: MADE_AT,
      updatedAt: MADE_AT,
    },
  });
  const approvalId = newId("approval");
  await owner.approval.create({
    data: {
      requiredRole: "staff",
      status: "pending",
      summary: "Send this answer",
      requestedAt: MADE_AT,
      expiresAt: new Date("2099-01-01T00:00:00.000Z"),
      ...approval,
      id: approvalId,
      ...scopeOf(club),
      effectId,
      conversationId: conversation.id,
      argumentsHash: sha256(text),
    },
  });
  await owner.conversation.update({ where: { id: conversation.id }, data: { needsYou: "approval" } });
  return { approvalId, effectId };
};
