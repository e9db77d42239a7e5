import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { dispatchEffect, type DispatchResult } from "#server/services/effects/dispatch-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { connectionFor } from "#server/services/members/member-to-act-for.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";

export const UnlockMemberInput = z.object({ memberId: idSchema("member"), reason: z.string().trim().min(3).max(300) });

/**
 * A person lets somebody in again, whatever they owe and whoever locked them out. A lock that is being asked for or planned is taken
 * back, and one that is on its way right now is undone as soon as it has ended. @throws `sign_in_required`, `not_found`
 */
export const unlockMember = async (ctx: ServiceContext, raw: z.input<typeof UnlockMemberInput>): Promise<DispatchResult> => {
  assertCan(ctx, "access.decide");
  const { memberId, reason } = UnlockMemberInput.parse(raw);
  const effectId = await inTransaction(ctx, async (tx) => {
    assertRecentSignIn(ctx.actor, tx.now);
    const member = await tx.db.member.findFirst({
      where: { id: memberId, clubId: ctx.clubId, archivedAt: null },
      select: { contactId: true, accessState: true },
    });
    if (member === null) {
      throw notFound("member");
    }
    await lockDebts(tx, ctx, await payersOf(tx, ctx, [member.contactId]));
    const lock = await tx.db.accessLock.findFirst({
      where: { clubId: ctx.clubId, memberId, status: { in: ["asked", "planned", "locked"] } },
      orderBy: { id: "desc" },
      select: { id: true, status: true, effectId: true, unlockEffectId: true },
    });
    await recordAudit(tx, ctx, { action: "lock.lifted", entityId: memberId, details: { reason } });
    tx.news.changes.push({ topic: "club" });
    const state = lock === null || lock.status === "locked" ? "done" : await stopLock(tx, ctx, lock);
    if (state === "stopped" || state === "under_way") {
      return null;
    }
    if (lock === null && member.accessState !== "locked") {
      throw new DomainError("precondition_failed", "this member is not locked out");
    }
    return planByPerson(tx, ctx, { memberId, lockId: lock?.id ?? null });
  });
  return effectId === null ? { status: "dropped", reason: null } : dispatchEffect(ctx, { effectId });
};

type OpenLock = { readonly id: string; readonly status: string; readonly effectId: string | null };

/** Ends a lock that has not begun; one that has is marked, so that whoever notes its end takes it back. */
const stopLock = async (tx: ServiceTx, ctx: ServiceContext, lock: OpenLock): Promise<"stopped" | "under_way" | "unclear"> => {
  const effect = await tx.db.effect.findFirst({ where: { id: lock.effectId ?? "", clubId: ctx.clubId }, select: { status: true } });
  const where = { id: lock.id, clubId: ctx.clubId };
  if (lock.status === "planned" && (effect?.status === "dispatching" || effect?.status === "unknown")) {
    await tx.db.accessLock.updateMany({ where, data: { unlockReason: "person", updatedAt: tx.now } });
    return "under_way";
  }
  if (lock.status === "planned" && effect?.status === "needs_human") {
    return "unclear";
  }
  await tx.db.accessLock.updateMany({
    where,
    data: { status: "unlocked", unlockReason: "person", unlockedAt: tx.now, updatedAt: tx.now },
  });
  return "stopped";
};

type ByPerson = { readonly memberId: Id<"member">; readonly lockId: string | null };

const planByPerson = async (tx: ServiceTx, ctx: ServiceContext, { lockId, memberId }: ByPerson): Promise<Id<"effect">> => {
  const place = await connectionFor(tx, ctx, { memberId, capability: "access.state" });
  const userId = staffUserId(ctx);
  const effectId = await planEffect(tx, ctx, {
    effectKey: `unlock-by-person:${memberId}:${ctx.requestId}:${tx.now.getTime()}`,
    kind: "access.set",
    plannedBy: "staff",
    needsApproval: null,
    connectionId: place.connectionId,
    purpose: "billing",
    ...(userId === null ? {} : { plannedByUserId: asId("user", userId) }),
    arguments: { personExternalId: place.personExternalId, memberId, state: "allowed", note: "person" },
  });
  if (lockId !== null) {
    await tx.db.accessLock.updateMany({
      where: { id: lockId, clubId: ctx.clubId },
      data: { unlockEffectId: effectId, unlockReason: "person", updatedAt: tx.now },
    });
  }
  return effectId;
};
