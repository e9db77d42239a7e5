import "server-only";

import { callReasonOf } from "#server/domain/call-reasons.ts";
import type { Id } from "#server/domain/ids.ts";
import { previewOf } from "#server/domain/text.ts";
import { newId } from "#server/platform/ids.ts";
import { EMERGENCY_RAISED, emergencyKey } from "#server/services/alerts/page-on-call.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import type { Conclusion, FinishedRun } from "#server/services/agent-runs/finish-run.ts";
import { planAction } from "#server/services/automations/plan-action.ts";
import { recordAutomationUse } from "#server/services/automations/record-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { answerArguments } from "#server/services/conversations/answer-arguments.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import type { LockedRow } from "#server/services/conversations/lock-conversation.ts";
import { SUGGESTION_TTL_HOURS } from "#server/services/effects/limits.ts";
import { wakeForPerson } from "#server/services/conversations/wake-conversation.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { openCheck } from "#server/services/identity-checks/offer-check.ts";
import { recordUse } from "#server/services/knowledge/record-use.ts";
import { addEvent } from "#server/services/messages/add-event.ts";
import { optOut } from "#server/services/messages/opt-out.ts";

type Input = { readonly conclusion: Conclusion; readonly decisionId: Id<"decision">; readonly place: LockedRow };

/** Turns a decision into what the club sees and what may go out. Returns what is to be dispatched at once, if anything. */
export const applyOutcome = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<FinishedRun> => {
  const { conclusion, place } = input;
  if (conclusion.isCheck === true && (conclusion.outcome === "respond" || conclusion.outcome === "suggest")) {
    await openCheck(tx, ctx, { conversationId: place.id, contactId: place.contactId });
  }
  switch (conclusion.outcome) {
    case "respond":
      return respond(tx, ctx, input);
    case "suggest": {
      const effectId = await plan(tx, ctx, { ...input, isAutomatic: false });
      await used(tx, ctx, { ...input, effectId });
      await awaitPerson(tx, ctx, { conversationId: conclusion.conversationId, needsYou: "approval" });
      return NOTHING;
    }
    case "escalate": {
      await used(tx, ctx, { ...input, effectId: null });
      return { effectId: await escalate(tx, ctx, input) };
    }
    case "ignore":
      await letRest(tx, ctx, conclusion);
      return isWishForSilence(conclusion) ? { effectId: await silence(tx, ctx, input) } : NOTHING;
    case "wait":
      return NOTHING;
  }
};

const NOTHING: FinishedRun = { effectId: null };

/** The answer, and before it the action that it speaks of: neither is there without the other. */
const respond = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<FinishedRun> => {
  const { conclusion, decisionId, place } = input;
  const action = conclusion.automation?.action ?? null;
  if (action === null) {
    const effectId = await plan(tx, ctx, { ...input, isAutomatic: true });
    await used(tx, ctx, { ...input, effectId });
    return { effectId };
  }
  const actId = await planAction(tx, ctx, {
    action,
    runId: conclusion.runId,
    decisionId,
    policyVersion: conclusion.policyVersion,
    conversationId: place.id,
    contactId: place.contactId,
    question: conclusion.text ?? "",
  });
  const effectId = await plan(tx, ctx, { ...input, isAutomatic: true });
  await used(tx, ctx, { ...input, effectId: actId });
  if (action.road === "approval") {
    await awaitPerson(tx, ctx, { conversationId: conclusion.conversationId, needsYou: "approval" });
  }
  return action.road === "run" ? { effectId, actId } : { effectId };
};

const used = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conclusion, place, effectId }: Input & { readonly effectId: Id<"effect"> | null },
): Promise<void> => {
  if (conclusion.automation != null) {
    const { name, step } = conclusion.automation;
    await recordAutomationUse(tx, ctx, {
      name,
      step,
      outcome: conclusion.outcome,
      conversationId: place.id,
      contactId: place.contactId,
      messageId: conclusion.messageId,
      runId: conclusion.runId,
      effectId,
    });
  }
};

/** Words about what a person must let happen first answer nobody yet. */
const isAnswer = ({ automation, outcome }: Conclusion): boolean =>
  outcome !== "escalate" && automation?.action?.road !== "approval" && automation?.step !== "waiting";

const plan = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conclusion, decisionId, place, isAutomatic }: Input & { readonly isAutomatic: boolean },
): Promise<Id<"effect"> | null> => {
  if (conclusion.text === null) {
    return null;
  }
  const effectId = await planEffect(tx, ctx, {
    effectKey: `agent:${conclusion.runId}:${conclusion.fencingToken}`,
    kind: "message.send",
    plannedBy: "agent",
    needsApproval: isAutomatic
      ? null
      : {
          requiredRole: "staff",
          summary: `Send this answer: "${previewOf(conclusion.text)}"`,
          expiresAt: new Date(tx.now.getTime() + SUGGESTION_TTL_HOURS * 3_600_000),
        },
    connectionId: place.connectionId,
    channelId: place.channelId,
    conversationId: place.id,
    contactId: place.contactId,
    addressKey: place.addressKey ?? "",
    channelKind: place.channelKind,
    purpose: isAnswer(conclusion) ? "reply" : "service",
    arguments: answerArguments(place, conclusion.text),
    agentRunId: conclusion.runId,
    decisionId,
    policyVersion: conclusion.policyVersion,
    inboundSequence: conclusion.inboundSequence,
  });
  // The line of a handover is code and rests on no article.
  if (conclusion.outcome !== "escalate") {
    await recordUse(tx, ctx, { effectId, conversationId: place.id, articleIds: conclusion.knowledgeIds });
  }
  return effectId;
};

/** A person must act. Whoever wrote hears so in one honest line, and the line goes out only together with the task it speaks of. */
const escalate = async (tx: ServiceTx, ctx: ServiceContext, input: Input): Promise<Id<"effect"> | null> => {
  const { conclusion, place } = input;
  const isRepeated = place.needsYou === "escalation" && !conclusion.emergency;
  await callPerson(tx, ctx, {
    conversationId: conclusion.conversationId,
    reason: callReasonOf(conclusion),
    ...(conclusion.emergency ? { toldBy: "page" } : {}),
  });
  await awaitPerson(tx, ctx, { conversationId: conclusion.conversationId });
  if (isRepeated) {
    // A person was called for already, the task is written, and the line was said once.
    return null;
  }
  await addEvent(tx, ctx, { conversationId: conclusion.conversationId, code: "escalated" });
  if (conclusion.duty !== null) {
    await tx.db.ticket.createMany({
      data: {
        id: newId("ticket"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId: conclusion.conversationId,
        contactId: place.contactId,
        title: conclusion.duty.title,
        detail: "",
        dueAt: conclusion.duty.dueAt,
        status: "open",
        createdAt: tx.now,
      },
    });
  }
  if (conclusion.emergency) {
    await raiseAlert(tx, ctx, {
      kind: "emergency",
      severity: "critical",
      key: emergencyKey(conclusion.messageId),
      title: "This looks like an emergency",
      detail: "Open the conversation and call the member. Spotter told them to call 911.",
      conversationId: conclusion.conversationId,
    });
    tx.news.changes.push({ topic: "alert", event: { name: EMERGENCY_RAISED, data: { messageId: conclusion.messageId } } });
  }
  return plan(tx, ctx, { ...input, isAutomatic: true });
};

const awaitPerson = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { conversationId, needsYou }: { readonly conversationId: string; readonly needsYou?: "approval" },
): Promise<void> => {
  const where = { id: conversationId, clubId: ctx.clubId };
  await tx.db.conversation.updateMany({ where, data: { requiresResponse: true, updatedAt: tx.now } });
  if (needsYou !== undefined) {
    // A draft beside a call for a person waits in the same thread, and the call goes on.
    await tx.db.conversation.updateMany({ where: { ...where, needsYou: { not: "escalation" } }, data: { needsYou } });
  }
  await wakeForPerson(tx, ctx, conversationId);
};

/** Reactions and automatic replies need no answer: nobody waits any more. A message that a person holds keeps waiting. */
/** A word or phrase acted when it was stored; this is the wish that only the agent's reading found. */
const isWishForSilence = ({ reasons, source }: Conclusion): boolean => source === "local" && reasons.includes("opted_out");

const silence = async (tx: ServiceTx, ctx: ServiceContext, { conclusion, place }: Input): Promise<Id<"effect"> | null> => {
  if (place.addressKey === null) {
    return null;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true } });
  return optOut(tx, ctx, {
    asker: {
      messageId: conclusion.messageId,
      conversationId: place.id,
      contactId: place.contactId,
      channelId: place.channelId,
      connectionId: place.connectionId,
      channelKind: place.channelKind,
      address: place.address,
      addressKey: place.addressKey,
      recipientExternalId: place.recipientExternalId,
      clubName: club.name,
    },
    isConfirmed: false,
  });
};

const letRest = async (tx: ServiceTx, ctx: ServiceContext, conclusion: Conclusion): Promise<void> => {
  const needsNothing = conclusion.reasons.some(
    (reason) =>
      reason === "opted_out" || reason === "tap_back" || reason === "auto_reply" || reason === "spam" || reason === "empty_message",
  );
  if (!needsNothing) {
    return;
  }
  const where = { clubId: ctx.clubId, conversationId: conclusion.conversationId, direction: "inbound" };
  await tx.db.message.updateMany({ where: { ...where, id: conclusion.messageId }, data: { requiresResponse: false } });
  const openCount = await tx.db.message.count({ where: { ...where, requiresResponse: true } });
  if (openCount === 0) {
    await tx.db.conversation.updateMany({
      where: { id: conclusion.conversationId, clubId: ctx.clubId },
      data: { waitingSince: null, requiresResponse: false },
    });
  }
};
