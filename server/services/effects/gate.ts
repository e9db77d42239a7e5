import "server-only";

import type { ReasonCode } from "#server/domain/reasons.ts";
import { addressKey } from "#server/platform/keys.ts";
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
 * null. The row locks it takes are what makes a takeover, a STOP or a newer message either before or after, never between.
 */
export const closedGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedEffect): Promise<ReasonCode | null> => {
  const isAutomatic = effect.plannedBy === "agent" || effect.plannedBy === "workflow";
  const conversation = effect.conversationId === null ? null : await lockConversation(tx, ctx, effect.conversationId);
  if (isAutomatic && (await isStopped(tx, ctx))) {
    return "stopped";
  }
  if (isAutomatic && conversation?.handledBy === "staff" && effect.approvedById === null) {
    return "handled_by_staff";
  }
  if (isAutomatic && conversation !== null && effect.inboundSequence !== null && conversation.inboundSequence !== effect.inboundSequence) {
    return "stale_answer";
  }
  if (effect.purpose !== "opt_out_confirmation" && effect.addressKey !== null && effect.channelKind !== null) {
    const address = { addressKey: effect.addressKey, channelKind: effect.channelKind };
    // STOP takes the same lock before it commits, so the check and the send cannot pass each other.
    await tx.db
      .$executeRaw`select pg_advisory_xact_lock_shared(hashtextextended(${`${ctx.franchiseId}|${address.channelKind}|${address.addressKey}`}, 1))`;
    const isPhoneSuppressed =
      address.channelKind === "clubos" &&
      effect.to !== "" &&
      (await isSuppressed(tx, ctx, { addressKey: addressKey(effect.to), channelKind: "sms" }));
    return isPhoneSuppressed || (await isSuppressed(tx, ctx, address)) ? "suppressed" : null;
  }
  return null;
};

const lockConversation = async (tx: ServiceTx, ctx: ServiceContext, conversationId: string) => {
  const [row] = await tx.db.$queryRaw<{ handledBy: string; inboundSequence: number }[]>`
    select "handledBy", "inboundSequence" from "Conversation" where id = ${conversationId} and "clubId" = ${ctx.clubId} for update`;
  return row ?? null;
};

const isStopped = async (tx: ServiceTx, ctx: ServiceContext): Promise<boolean> => {
  const club = await tx.db.club.findFirst({
    where: { id: ctx.clubId },
    select: { stoppedAt: true, franchise: { select: { stoppedAt: true } } },
  });
  return club === null || club.stoppedAt !== null || club.franchise.stoppedAt !== null;
};
