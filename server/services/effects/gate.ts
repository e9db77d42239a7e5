import "server-only";

import { gateReason, isHeldByStop, isHeldBySuppression, type GatedPlan } from "#server/domain/gate.ts";
import type { ReasonCode } from "#server/domain/reasons.ts";
import { addressKey } from "#server/platform/keys.ts";
import { isStopped } from "#server/services/clubs/is-stopped.ts";
import { shareStopLock } from "#server/services/clubs/stop-lock.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { isSuppressed } from "#server/services/people/is-suppressed.ts";

export type GatedEffect = {
  readonly id: string;
  readonly plannedBy: string;
  readonly purpose: string;
  readonly conversationId: string | null;
  readonly addressKey: string | null;
  readonly channelKind: string | null;
  readonly inboundSequence: number | null;
  readonly expiresAt: Date | null;
  readonly approvedById: string | null;
  /** Where it goes, as it stands in its arguments. */
  readonly to: string;
};

/**
 * The last gate, read in the very transaction that commits DISPATCHING. Returns why the effect must not go out, or
 * null. The locks it takes are what make a takeover, a STOP, an emergency stop or a newer message either before or
 * after, never between. What follows from what it reads is `domain/gate`.
 */
export const closedGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedEffect): Promise<ReasonCode | null> => {
  const plan: GatedPlan = {
    plannedBy: effect.plannedBy,
    purpose: effect.purpose,
    isApproved: effect.approvedById !== null,
    inboundSequence: effect.inboundSequence,
    hasAddress: effect.addressKey !== null && effect.channelKind !== null,
  };
  const conversation = effect.conversationId === null ? null : await lockConversation(tx, ctx, effect.conversationId);
  return gateReason(plan, {
    conversation,
    isSuppressed: isHeldBySuppression(plan) && (await isAddressSuppressed(tx, ctx, effect)),
    isStopped: isHeldByStop(plan) && (await isClubStopped(tx, ctx)),
  });
};

/** STOP takes the same lock before it commits, so the check and the send cannot pass each other. */
const isAddressSuppressed = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { addressKey: key, channelKind, to }: GatedEffect,
): Promise<boolean> => {
  if (key === null || channelKind === null) {
    return false;
  }
  await tx.db.$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${`${ctx.franchiseId}|${channelKind}|${key}`}, 1))`;
  const isPhoneSuppressed =
    channelKind === "clubos" && to !== "" && (await isSuppressed(tx, ctx, { addressKey: addressKey(to), channelKind: "sms" }));
  return isPhoneSuppressed || isSuppressed(tx, ctx, { addressKey: key, channelKind });
};

const lockConversation = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string) => {
  const [row] = await tx.db.$queryRaw<{ handledBy: string; inboundSequence: number; isClosed: boolean }[]>`
    select "handledBy", "inboundSequence", status = 'resolved' as "isClosed" from "Conversation" where id = ${conversationId} and "clubId" = ${ctx.clubId} for update`;
  return row ?? null;
};

/** The emergency stop takes the same lock before it commits: what is not on its way by then does not go. */
const isClubStopped = async (tx: ServiceTx, ctx: ServiceContext): Promise<boolean> => {
  await shareStopLock(tx, ctx);
  return isStopped(tx, ctx);
};
