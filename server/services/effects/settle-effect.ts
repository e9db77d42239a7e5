import "server-only";

import type { ActionKind } from "#server/domain/ledger.ts";
import { isTeamNews } from "#server/domain/team-news.ts";
import type { EffectStatus, MessageStatus } from "#server/domain/vocabulary.ts";
import { settleAsked } from "#server/services/approvals/settle-asked.ts";
import { recordAudit } from "#server/services/audit.ts";
import { actionFailed } from "#server/services/automations/action-failed.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { callPerson } from "#server/services/conversations/call-person.ts";
import { wakeForPerson } from "#server/services/conversations/wake-conversation.ts";
import { afterConfirmed } from "#server/services/effects/after-confirmed.ts";
import { EFFECT_KINDS, type EffectKind } from "#server/services/effects/effect-kinds.ts";
import { countTouch, strikeTouch } from "#server/services/sending/touches.ts";

type Confirmation = {
  readonly effectId: string;
  readonly vendorReference: string | null;
  /** What else the vendor answered: addresses of links, states. */
  readonly result?: Readonly<Record<string, string | boolean | null>>;
  /** `answer`: the vendor's answer to the very call; otherwise it was found out later. */
  readonly by: "answer" | "echo" | "read_back";
};

/** A vendor's word that it has a message ends every doubt, also when the lease of the call has ended meanwhile. */
const CONFIRMABLE: readonly EffectStatus[] = ["dispatching", "unknown", "needs_human"];

/** The vendor has it: the effect, its message, the contact budget and the ledger all say so. False when it was settled already. */
export const confirmEffect = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effectId, vendorReference, result, by }: Confirmation,
): Promise<boolean> => {
  await lockPlace(tx, ctx, effectId);
  const { count } = await tx.db.effect.updateMany({
    // Back in PLANNED after an attempt means that it was thought absent; it was not, and must not go out again.
    where: {
      id: effectId,
      clubId: ctx.clubId,
      OR: [{ status: { in: [...CONFIRMABLE] } }, { status: { in: ["planned", "approved"] }, attempt: { gt: 0 } }],
    },
    data: {
      status: "confirmed",
      vendorReference,
      ...(result === undefined ? {} : { result }),
      leaseUntil: null,
      settledAt: tx.now,
      updatedAt: tx.now,
      failureKind: null,
      failureDetail: null,
    },
  });
  if (count === 0) {
    return false;
  }
  const effect = await settledRow(tx, ctx, effectId);
  await afterConfirmed(tx, ctx, effect);
  await markMessage(tx, ctx, { effectId, status: "sent", failureReason: null, externalId: vendorReference });
  await countTouch(tx, ctx, effect);
  await settleAlert(tx, ctx, `effect:${effectId}`);
  await announce(tx, ctx, {
    effect,
    kind: doneKind(effect, by),
    outcome: isMessage(effect) ? "sent" : "done",
    summary: (isMessage(effect) ? SUMMARY[effect.plannedBy] : undefined) ?? EFFECT_KINDS[effect.kind].words.done,
  });
  return true;
};

type Failure = {
  readonly effectId: string;
  readonly from: readonly EffectStatus[];
  /** The attempt that failed: what a slow call learns says nothing about a later one. */
  readonly attempt?: number;
  readonly to: "failed" | "unknown" | "needs_human";
  readonly kind: string;
  readonly detail: string;
};

/** It did not go out, or nobody can tell: either way a card says so. False when it was settled already. */
export const failEffect = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { effectId, from, attempt, to, kind, detail }: Failure,
): Promise<boolean> => {
  await lockPlace(tx, ctx, effectId);
  const { count } = await tx.db.effect.updateMany({
    where: { id: effectId, clubId: ctx.clubId, status: { in: [...from] }, ...(attempt === undefined ? {} : { attempt }) },
    data: {
      status: to,
      failureKind: kind,
      failureDetail: detail,
      leaseUntil: null,
      updatedAt: tx.now,
      ...(to === "unknown" ? {} : { settledAt: tx.now }),
    },
  });
  if (count === 0) {
    return false;
  }
  const effect = await settledRow(tx, ctx, effectId);
  await markMessage(tx, ctx, { effectId, status: to === "failed" ? "failed" : "unknown", failureReason: detail, externalId: null });
  await alarm(tx, ctx, { effect, to, detail });
  if (effect.conversationId !== null && !isToldByRun(effect, to) && !isTeamNews(effect.effectKey)) {
    if (to === "unknown") {
      // Whom the conversation was put before still has to come, however this send ends.
      await settleAsked(tx, ctx, effect.conversationId);
    } else {
      await callPerson(tx, ctx, { conversationId: effect.conversationId, reason: "trouble", toldBy: "card" });
    }
    await wakeForPerson(tx, ctx, effect.conversationId);
  }
  if (to === "failed") {
    await strikeTouch(tx, ctx, effectId);
  }
  if (to !== "unknown") {
    await actionFailed(tx, ctx, effectId);
  }
  await announce(tx, ctx, {
    effect,
    kind: `${isMessage(effect) ? "reply" : "act"}.${to === "failed" ? "failed" : "unknown"}`,
    outcome: to === "failed" ? "failed" : "unknown",
    summary: wordsOf(effect, to),
  });
  return true;
};

type Alarm = { readonly effect: SettledRow; readonly to: Failure["to"]; readonly detail: string };

/** Hundreds of bad numbers are one card of their run, and no hundred conversations that need a person. */
const isToldByRun = ({ kind, plannedBy }: SettledRow, to: Failure["to"]): boolean =>
  to === "failed" && kind === "message.send" && plannedBy === "workflow";

const alarm = async (tx: ServiceTx, ctx: ServiceContext, { detail, effect, to }: Alarm): Promise<void> => {
  if (isToldByRun(effect, to)) {
    await settleAlert(tx, ctx, `effect:${effect.id}`);
    return;
  }
  await raiseAlert(tx, ctx, {
    kind: to === "failed" ? "effect_failed" : "effect_unknown",
    severity: to === "unknown" ? "warning" : "critical",
    key: `effect:${effect.id}`,
    title: wordsOf(effect, to),
    detail,
    conversationId: effect.conversationId,
    connectionId: effect.connectionId,
    effectId: effect.id,
    // Whoever cannot be reached is not told so by the same way, which would fail again, and again.
    isUntold: isTeamNews(effect.effectKey),
  });
};

/** The conversation is locked before the effect, in the order in which ingest locks them: an echo may arrive right now. */
export const lockPlace = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  await tx.db.$executeRaw`
    select 1 from "Conversation" where "clubId" = ${ctx.clubId}
      and id = (select "conversationId" from "Effect" where id = ${effectId} and "clubId" = ${ctx.clubId}) for update`;
};

const wordsOf = ({ kind }: SettledRow, to: Failure["to"]): string => {
  const { failed, unknown, needsHuman } = EFFECT_KINDS[kind].words;
  return { failed, unknown, needs_human: needsHuman }[to];
};

const isMessage = ({ kind }: SettledRow): boolean => kind === "message.send";

const SUMMARY: Readonly<Record<string, string>> = {
  agent: "Spotter's answer was sent.",
  staff: "A reply of staff was sent.",
  workflow: "A workflow's message was sent.",
  system: "A confirmation was sent.",
};

const doneKind = (effect: SettledRow, by: Confirmation["by"]): ActionKind => {
  if (!isMessage(effect)) {
    return "act.done";
  }
  return by === "answer" ? "reply.sent" : effect.plannedBy === "system" ? "confirmation.sent" : "send.reconciled";
};

type SettledRow = {
  readonly id: string;
  readonly effectKey: string;
  readonly kind: EffectKind;
  readonly plannedBy: string;
  readonly purpose: string;
  readonly conversationId: string | null;
  readonly connectionId: string;
  readonly agentRunId: string | null;
  readonly decisionId: string | null;
  readonly policyVersion: string | null;
  readonly arguments: unknown;
  readonly argumentsHash: string;
  readonly addressKey: string | null;
  readonly channelKind: string | null;
};

const settledRow = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<SettledRow> => {
  const row = await tx.db.effect.findFirstOrThrow({
    where: { id: effectId, clubId: ctx.clubId },
    select: {
      id: true,
      effectKey: true,
      kind: true,
      plannedBy: true,
      purpose: true,
      conversationId: true,
      connectionId: true,
      agentRunId: true,
      decisionId: true,
      policyVersion: true,
      arguments: true,
      argumentsHash: true,
      addressKey: true,
      channelKind: true,
    },
  });
  return { ...row, kind: row.kind as EffectKind };
};

type Mark = {
  readonly effectId: string;
  readonly status: MessageStatus;
  readonly failureReason: string | null;
  readonly externalId: string | null;
};

const markMessage = async (tx: ServiceTx, ctx: ServiceContext, { effectId, status, failureReason, externalId }: Mark): Promise<void> => {
  await tx.db.message.updateMany({
    where: { clubId: ctx.clubId, effectId, direction: "outbound", status: { notIn: ["delivered"] } },
    data: { status, failureReason, ...(externalId === null ? {} : { externalId }) },
  });
};

type Announcement = {
  readonly effect: SettledRow;
  readonly kind: ActionKind;
  readonly outcome: "sent" | "done" | "failed" | "unknown";
  readonly summary: string;
};

const announce = async (tx: ServiceTx, ctx: ServiceContext, { effect, kind, outcome, summary }: Announcement): Promise<void> => {
  await recordAudit(tx, ctx, { action: "effect.settled", entityId: effect.id, details: { outcome } });
  tx.news.actions.push({
    kind,
    risk: EFFECT_KINDS[effect.kind].risk,
    summary,
    outcome,
    conversationId: effect.conversationId,
    agentRunId: effect.agentRunId,
    decisionId: effect.decisionId,
    effectId: effect.id,
    policyVersion: effect.policyVersion,
    inputs: { argumentsHash: effect.argumentsHash, plannedBy: effect.plannedBy },
  });
  tx.news.changes.push({ topic: "conversation", conversationId: effect.conversationId });
};
