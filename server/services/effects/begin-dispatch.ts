import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import { normaliseForHash, previewOf } from "#server/domain/text.ts";
import type { EffectStatus } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { askAgain, changesSince } from "#server/services/approvals/ask-again.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { actionFailed } from "#server/services/automations/action-failed.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { debtGate } from "#server/services/effects/debt-gate.ts";
import { closedGate, type GatedEffect } from "#server/services/effects/gate.ts";
import { DISPATCH_LEASE_SECONDS, PULSE_MAX_SECONDS } from "#server/services/effects/limits.ts";
import { argumentsHashOf, SendArguments } from "#server/services/effects/effect-arguments.ts";
import { EFFECT_KINDS, EffectKind } from "#server/services/effects/effect-kinds.ts";
import { holdForConnection, stateOfConnection } from "#server/services/effects/hold-for-connection.ts";
import { failEffect } from "#server/services/effects/settle-effect.ts";
import { holdForWorkflow } from "#server/services/workflows/hold-for-workflow.ts";
import { sequenceGate } from "#server/services/workflows/sequence/sequence-gate.ts";
import { settleWaiting } from "#server/services/conversations/settle-waiting.ts";
import { deferSend, noteSend } from "#server/services/sending/after-gate.ts";
import { passGate } from "#server/services/sending/pass-gate.ts";
import { nextSequence } from "#server/services/messages/add-event.ts";

export type Dispatch = {
  readonly effectId: Id<"effect">;
  readonly kind: EffectKind;
  readonly connectionId: Id<"connection">;
  readonly conversationId: string | null;
  readonly arguments: unknown;
  readonly attempt: number;
  readonly postponedCount: number;
  /** Where the effect goes back to when the vendor took nothing. */
  readonly returnTo: "planned" | "approved";
};

type Begun =
  | { readonly kind: "go"; readonly dispatch: Dispatch }
  | { readonly kind: "no"; readonly status: EffectStatus; readonly reason: string | null };

type Row = Omit<GatedEffect, "to"> & {
  readonly kind: EffectKind;
  readonly status: EffectStatus;
  readonly needsApproval: boolean;
  readonly connectionId: string;
  readonly contactId: string | null;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  readonly notBefore: Date | null;
  readonly createdAt: Date;
  readonly attempt: number;
  readonly postponedCount: number;
  readonly agentRunId: string | null;
  readonly decisionId: string | null;
  readonly plannedByUserId: string | null;
};

/** Moves a ready effect to DISPATCHING, or says why not. The row is locked, so two dispatchers cannot both begin. */
export const beginDispatch = async (tx: ServiceTx, ctx: ServiceContext, effectId: Id<"effect">): Promise<Begun> => {
  // The conversation is locked before the effect, in the order in which ingest and takeover lock them.
  const [place] = await tx.db.$queryRaw<{ conversationId: string | null }[]>`
    select "conversationId" from "Effect" where id = ${effectId} and "clubId" = ${ctx.clubId}`;
  if (place?.conversationId) {
    await tx.db.$executeRaw`select 1 from "Conversation" where id = ${place.conversationId} and "clubId" = ${ctx.clubId} for update`;
  }
  const [effect] = await tx.db.$queryRaw<Row[]>`
    select id, kind, status, "plannedBy", purpose, "conversationId", "connectionId", "contactId", "addressKey", "channelKind", "inboundSequence",
           "expiresAt", "approvedById", "needsApproval", arguments, "argumentsHash", "notBefore", "createdAt", attempt, "postponedCount",
           "agentRunId", "decisionId", "plannedByUserId"
    from "Effect" where id = ${effectId} and "clubId" = ${ctx.clubId} for update`;
  if (effect === undefined) {
    return { kind: "no", status: "dropped", reason: "not_found" };
  }
  if (!isReady(effect, tx.now)) {
    return { kind: "no", status: effect.status, reason: null };
  }
  if (!isAsPlanned(effect)) {
    const detail = "its arguments are not those it was planned with";
    await failEffect(tx, ctx, { effectId, from: ["planned", "approved"], to: "failed", kind: "rejected", detail });
    return { kind: "no", status: "failed", reason: "rejected" };
  }
  if (isOverdue(effect, tx.now)) {
    await drop(tx, ctx, { effect, reason: "too_late" });
    return { kind: "no", status: "dropped", reason: "too_late" };
  }
  const road = await stateOfConnection(tx, ctx, effect.connectionId);
  if (road === "paused") {
    await holdForConnection(tx, ctx, effectId);
    return { kind: "no", status: effect.status, reason: "connection_paused" };
  }
  if (road === "removed") {
    await failEffect(tx, ctx, {
      effectId,
      from: ["planned", "approved"],
      to: "failed",
      kind: "rejected",
      detail: "its connection was removed",
    });
    return { kind: "no", status: "failed", reason: "rejected" };
  }
  if (await isAskedAgain(tx, ctx, effect)) {
    return { kind: "no", status: "planned", reason: "asked_again" };
  }
  if (effect.plannedBy === "workflow" && (await holdForWorkflow(tx, ctx, effectId))) {
    return { kind: "no", status: effect.status, reason: "workflow_paused" };
  }
  return (await heldByGate(tx, ctx, effect)) ?? go(tx, ctx, effect);
};

/** What the last gate and the rules of writing uninvited say; null = nothing holds it, and a message is taken off its person's budget. */
const heldByGate = async (tx: ServiceTx, ctx: ServiceContext, effect: Row): Promise<Begun | null> => {
  const to = effect.kind === "message.send" ? SendArguments.parse(effect.arguments).to : "";
  const closed = (await closedGate(tx, ctx, { ...effect, to })) ?? (await sequenceGate(tx, ctx, effect));
  const debt = closed === null ? await debtGate(tx, ctx, effect) : { kind: "suppress" as const, reason: closed };
  const passage = debt.kind === "open" ? await passGate(tx, ctx, effect) : debt;
  if (passage.kind === "suppress") {
    await drop(tx, ctx, { effect, reason: passage.reason });
    return { kind: "no", status: "dropped", reason: passage.reason };
  }
  if (passage.kind === "defer") {
    await deferSend(tx, ctx, { effect, ...passage });
    return { kind: "no", status: effect.status, reason: passage.reason };
  }
  await noteSend(tx, ctx, { effect, evidence: passage.evidence });
  return null;
};

/** Between the yes of a person and now something may have come up on which it rested: then they are asked once more. */
const isAskedAgain = async (tx: ServiceTx, ctx: ServiceContext, effect: Row): Promise<boolean> => {
  if (effect.status !== "approved" || effect.approvedById === null) {
    return false;
  }
  const approval = await tx.db.approval.findFirst({
    where: { clubId: ctx.clubId, effectId: effect.id, status: "approved" },
    orderBy: { id: "desc" },
    select: { id: true },
  });
  const changes = approval === null ? [] : await changesSince(tx, ctx, approval.id);
  if (approval === null || changes.length === 0) {
    return false;
  }
  await askAgain(tx, ctx, { approvalId: approval.id, changes });
  return true;
};

/** What a person approved and what runs is the same, or nothing runs. */
const isAsPlanned = ({ kind, arguments: raw, argumentsHash }: Row): boolean => {
  const parsed = EffectKind.safeParse(kind).success ? EFFECT_KINDS[kind].schema.safeParse(raw) : null;
  return parsed?.success === true && argumentsHashOf(Object(parsed.data)) === argumentsHash;
};

/** Whatever held a pulse back, a pause or a vendor that was away: a door that opens later opens for nobody. */
const isOverdue = ({ kind, expiresAt, createdAt }: Row, now: Date): boolean =>
  EFFECT_KINDS[kind].effectKind === "pulse" && now.getTime() > (expiresAt ?? createdAt).getTime() + PULSE_MAX_SECONDS * 1_000;

const isReady = (effect: Row, now: Date): boolean =>
  (effect.status === "approved" || (effect.status === "planned" && !effect.needsApproval)) &&
  (effect.notBefore === null || effect.notBefore <= now);

const go = async (tx: ServiceTx, ctx: ServiceContext, effect: Row): Promise<Begun> => {
  await tx.db.effect.updateMany({
    where: { id: effect.id, clubId: ctx.clubId },
    data: {
      status: "dispatching",
      attempt: effect.attempt + 1,
      fencingToken: { increment: 1 },
      leaseOwner: ctx.requestId,
      leaseUntil: new Date(tx.now.getTime() + DISPATCH_LEASE_SECONDS * 1_000),
      dispatchedAt: tx.now,
      updatedAt: tx.now,
    },
  });
  if (effect.kind === "message.send") {
    await showMessage(tx, ctx, { effect, args: SendArguments.parse(effect.arguments) });
  }
  return {
    kind: "go",
    dispatch: {
      effectId: effect.id as Id<"effect">,
      kind: effect.kind,
      connectionId: effect.connectionId as Id<"connection">,
      conversationId: effect.conversationId,
      arguments: effect.arguments,
      attempt: effect.attempt + 1,
      postponedCount: effect.postponedCount,
      returnTo: effect.status === "approved" ? "approved" : "planned",
    },
  };
};

const AUTHOR: Readonly<Record<string, "agent" | "staff" | "workflow" | "system">> = {
  agent: "agent",
  staff: "staff",
  workflow: "workflow",
  system: "system",
};

/** The thread shows the message from the moment it is on its way; a vendor's echo finds this row. */
const showMessage = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effect, args }: { readonly effect: Row; readonly args: SendArguments },
): Promise<void> => {
  if (effect.conversationId === null) {
    return;
  }
  tx.news.changes.push({ topic: "conversation", conversationId: effect.conversationId });
  const { count } = await tx.db.message.updateMany({
    where: { clubId: ctx.clubId, effectId: effect.id },
    data: { status: "sending", failureReason: null },
  });
  if (count === 0) {
    const sequence = await nextSequence(tx, ctx, effect.conversationId);
    await tx.db.message.createMany({
      data: {
        id: newId("message"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId: effect.conversationId,
        connectionId: effect.connectionId,
        direction: "outbound",
        author: AUTHOR[effect.plannedBy] ?? "system",
        // Spotter's words, sent by a person: the thread names both.
        authorUserId: effect.approvedById,
        body: args.text,
        bodyHash: sha256(normaliseForHash(args.text)),
        status: "sending",
        sequence,
        effectId: effect.id,
        agentRunId: effect.agentRunId,
        decisionId: effect.decisionId,
        sentAt: tx.now,
        receivedAt: tx.now,
        createdAt: tx.now,
      },
    });
  }
  const isAgent = effect.plannedBy === "agent";
  await tx.db.conversation.updateMany({
    where: { id: effect.conversationId, clubId: ctx.clubId },
    data: {
      lastMessageAt: tx.now,
      lastMessagePreview: previewOf(args.text),
      lastMessageDirection: "outbound",
      lastMessageAuthor: AUTHOR[effect.plannedBy] ?? "system",
      updatedAt: tx.now,
      ...(isAgent && effect.approvedById === null ? { automaticReplyCount: { increment: 1 }, disclosedAt: tx.now } : {}),
    },
  });
  if (effect.purpose === "reply") {
    await settleWaiting(tx, ctx, {
      conversationId: effect.conversationId,
      isByPerson: !isAgent || effect.approvedById !== null,
      inboundSequence: effect.inboundSequence,
    });
  }
};

const drop = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effect, reason }: { readonly effect: Row; readonly reason: ReasonCode },
): Promise<void> => {
  await tx.db.effect.updateMany({
    where: { id: effect.id, clubId: ctx.clubId },
    data: { status: "dropped", failureKind: reason, settledAt: tx.now, updatedAt: tx.now },
  });
  await tx.db.message.updateMany({
    where: { clubId: ctx.clubId, effectId: effect.id, status: { in: ["queued", "sending", "unknown"] } },
    data: { status: "failed", failureReason: reason },
  });
  // A send that was proven absent and may not go out again is in doubt no more.
  await settleAlert(tx, ctx, `effect:${effect.id}`);
  if (reason === "stopped" && effect.conversationId !== null) {
    // Nothing computes this answer again: whoever waits for it needs a person.
    await callPerson(tx, ctx, { conversationId: effect.conversationId, reason: "trouble", only: { handledBy: "agent" } });
  }
  await actionFailed(tx, ctx, effect.id);
  tx.news.actions.push({
    kind: effect.kind === "message.send" ? "reply.dropped" : "act.dropped",
    risk: EFFECT_KINDS[effect.kind].risk,
    summary: EFFECT_KINDS[effect.kind].words.dropped,
    outcome: "dropped",
    conversationId: effect.conversationId,
    effectId: effect.id,
    inputs: { reason },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: effect.conversationId });
};
