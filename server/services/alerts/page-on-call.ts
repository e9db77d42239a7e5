import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { ON_CALL_ROUNDS } from "#server/services/alerts/limits.ts";
import { onCallPlace, type OnCallPlace } from "#server/services/alerts/on-call-place.ts";
import { planTeamText } from "#server/services/alerts/plan-team-message.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";

/** The card of one emergency. */
export const emergencyKey = (messageId: string): string => `emergency:${messageId}`;

/** Name of the event that has the on-call phone told until somebody takes the emergency. */
export const EMERGENCY_RAISED = "alerts/emergency.raised";

type Round = { readonly messageId: Id<"message">; /** From 1. */ readonly round: number };

/** `taken`: a person has it, and nobody is told again. `unreachable`: no text could be planned; the card says why. */
export type Paged = { readonly kind: "taken" | "told" | "unreachable" };

/**
 * Texts the on-call phone about an emergency, once a round, as long as nobody has taken it: closed or acknowledged the card, or
 * taken over the conversation. Planned by the machinery, so that neither caps nor the emergency stop hold it. Harmless to repeat.
 */
export const pageOnCall = async (ctx: ServiceContext, { messageId, round }: Round): Promise<Paged> => {
  assertCan(ctx, "alert.raise");
  const planned = await inTransaction(ctx, async (tx) => {
    const alert = await openEmergency(tx, ctx, messageId);
    if (alert === null) {
      return { kind: "taken" } as const;
    }
    const onCall = await onCallPlace(tx, ctx);
    if (onCall.kind !== "found") {
      await say(tx, ctx, { alertId: alert.id, line: UNREACHABLE[onCall.kind] });
      return { kind: "unreachable" } as const;
    }
    return { kind: "told", alertId: alert.id, effectId: await planText(tx, ctx, { alert, onCall, round }) } as const;
  });
  if (planned.kind !== "told") {
    return { kind: planned.kind };
  }
  const dispatched = await dispatchEffect(ctx, { effectId: planned.effectId });
  await inTransaction(ctx, async (tx) =>
    say(tx, ctx, { alertId: planned.alertId, line: await lineAfter(tx, ctx, { ...planned, round, dispatched }) }),
  );
  return { kind: "told" };
};

/** After the last round: the card says that nobody came. */
export const giveUpOnCall = async (ctx: ServiceContext, { messageId }: Pick<Round, "messageId">): Promise<Paged> => {
  assertCan(ctx, "alert.raise");
  return inTransaction(ctx, async (tx) => {
    const alert = await openEmergency(tx, ctx, messageId);
    if (alert === null) {
      return { kind: "taken" };
    }
    await say(tx, ctx, {
      alertId: alert.id,
      line: `Nobody has taken it after ${ON_CALL_ROUNDS} rounds. Call the on-call person yourself.`,
    });
    return { kind: "told" };
  });
};

type Emergency = { readonly id: string; readonly conversationId: string; readonly clubName: string; readonly clubSlug: string };

/** Null once somebody has it. */
const openEmergency = async (tx: ServiceTx, ctx: ServiceContext, messageId: string): Promise<Emergency | null> => {
  const alert = await tx.db.alert.findFirst({
    where: { clubId: ctx.clubId, key: emergencyKey(messageId), resolvedAt: null, acknowledgedAt: null },
    select: { id: true, conversationId: true, openedAt: true },
  });
  if (alert === null || alert.conversationId === null) {
    return null;
  }
  const takenCount = await tx.db.handover.count({
    where: { clubId: ctx.clubId, conversationId: alert.conversationId, handledBy: "staff", startedAt: { gte: alert.openedAt } },
  });
  if (takenCount > 0) {
    return null;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, slug: true } });
  return { id: alert.id, conversationId: alert.conversationId, clubName: club.name, clubSlug: club.slug };
};

type Text = { readonly alert: Emergency; readonly onCall: OnCallPlace; readonly round: number };

const planText = async (tx: ServiceTx, ctx: ServiceContext, { alert, onCall, round }: Text): Promise<Id<"effect">> => {
  const effectKey = `emergency:${alert.id}:${round}`;
  const existing = await tx.db.effect.findFirst({ where: { clubId: ctx.clubId, effectKey }, select: { id: true } });
  if (existing !== null) {
    return existing.id as Id<"effect">;
  }
  const url = new URL(`/${alert.clubSlug}/inbox?view=all&conversation=${alert.conversationId}`, env.APP_URL).toString();
  const effectId = await planTeamText(tx, ctx, {
    effectKey,
    at: onCall,
    // No word of the member: this phone may lie on a desk.
    text: `${alert.clubName}: this looks like an emergency. Open the conversation and call the member: ${url} Press "I have it" there. (${round} of ${ON_CALL_ROUNDS})`,
  });
  await recordAudit(tx, ctx, { action: "alert.told", entityId: alert.id, details: { round } });
  return effectId;
};

const UNREACHABLE = {
  no_phone: "Nobody on call was told: this club has no on-call phone.",
  no_channel: "Nobody on call was told: no connection of this club can send a text.",
} as const;

type Sent = { readonly alertId: string; readonly round: number; readonly dispatched: DispatchResult };

const lineAfter = async (tx: ServiceTx, ctx: ServiceContext, { alertId, dispatched, round }: Sent): Promise<string> => {
  const sentCount = await tx.db.effect.count({
    where: { clubId: ctx.clubId, effectKey: { startsWith: `emergency:${alertId}:` }, status: "confirmed" },
  });
  const sent = sentCount === 1 ? "The on-call phone was texted once." : `The on-call phone was texted ${sentCount} times.`;
  if (dispatched.status === "dropped") {
    return "Nobody on call was told: the on-call phone has opted out of texts.";
  }
  return sentCount === 0 ? `The text to the on-call phone has not gone out yet (round ${round}).` : sent;
};

const WHAT_TO_DO = "Open the conversation and call the member. Spotter told them to call 911.";

const say = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { alertId, line }: { readonly alertId: string; readonly line: string },
): Promise<void> => {
  await tx.db.alert.updateMany({
    where: { id: alertId, clubId: ctx.clubId, resolvedAt: null },
    data: { detail: `${WHAT_TO_DO} ${line}`, lastSeenAt: tx.now },
  });
  tx.news.changes.push({ topic: "alert" });
};
