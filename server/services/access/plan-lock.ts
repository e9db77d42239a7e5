import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import type { DoorFacts } from "#server/domain/past-due/facts.ts";
import { decideLock, type LockDecision } from "#server/domain/past-due/locks.ts";
import { newId } from "#server/platform/ids.ts";
import { lockSettings } from "#server/services/access/lock-settings.ts";
import { recordAudit } from "#server/services/audit.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";
import { connectionFor } from "#server/services/members/member-to-act-for.ts";
import { loadDebt, doorFactsOf, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";

export type LockPlan = { readonly kind: "planned"; readonly effectId: Id<"effect"> } | { readonly kind: "no"; readonly reason: string };

type Wanted = {
  /** Who pays. */
  readonly contactId: string;
  readonly effectKey: string;
  /** The question that was asked about this lock, where there was one. */
  readonly askedEffectId?: string;
};

/**
 * Plans the one lock of a debt, in the transaction that looks once more whether everything is right for it. What changes between
 * this and the call is seen by the last gate.
 */
export const planLock = async (tx: ServiceTx, ctx: ServiceContext, { askedEffectId, contactId, effectKey }: Wanted): Promise<LockPlan> => {
  await lockDebts(tx, ctx, [contactId]);
  await trackEpisodes(tx, ctx, { payerIds: [contactId] });
  const looked = await lookAtLock(tx, ctx, { contactId, ownEffectId: askedEffectId });
  if (looked === null || looked.decision.kind !== "lock") {
    return { kind: "no", reason: looked === null ? "nothing_due" : reasonOf(looked.decision) };
  }
  const { debt, decision, facts } = looked;
  const place = await placeOf(tx, ctx, debt.payer.memberId);
  if (place === null) {
    return { kind: "no", reason: "connection_missing" };
  }
  const effectId = await planEffect(tx, ctx, {
    effectKey,
    kind: "access.set",
    plannedBy: "workflow",
    needsApproval: null,
    connectionId: place.connectionId,
    contactId: asId("contact", contactId),
    purpose: "billing",
    arguments: { personExternalId: place.personExternalId, memberId: debt.payer.memberId, state: "suspended", note: "past due" },
  });
  const row = { debt, facts, boundMinor: decision.boundMinor, effectId };
  if (!(await noteLock(tx, ctx, { row, status: "planned" }))) {
    throw new DomainError("conflict", "this debt has had its one lock");
  }
  await recordAudit(tx, ctx, { action: "lock.planned", entityId: debt.payer.memberId, details: { effectId } });
  return { kind: "planned", effectId };
};

export type LookedAt = { readonly debt: Debt; readonly facts: DoorFacts; readonly decision: LockDecision };

type Look = {
  readonly contactId: string;
  /** The lock, or the question about it, that is looked at: it does not stand in its own way. */
  readonly ownEffectId?: string | undefined;
};

/** What the rule says about the payer's own door at this moment. Null = nobody pays here any more. */
export const lookAtLock = async (tx: ServiceTx, ctx: ServiceContext, { contactId, ownEffectId }: Look): Promise<LookedAt | null> => {
  const { club, debt } = await loadDebt(tx, ctx, contactId);
  if (debt === null) {
    return null;
  }
  const loaded = doorFactsOf(debt, { club, memberId: debt.payer.memberId });
  const own =
    ownEffectId === undefined
      ? 0
      : await tx.db.accessLock.count({
          where: {
            clubId: ctx.clubId,
            memberId: debt.payer.memberId,
            effectId: ownEffectId,
            episodeOn: loaded.episodeOn ?? "",
            status: { in: ["asked", "planned"] },
          },
        });
  const facts = own > 0 ? { ...loaded, isLockSpent: false } : loaded;
  return { debt, facts, decision: decideLock(facts, await lockSettings(tx, ctx, club), tx.now) };
};

/** A code of `LOCK_REASONS`, also for a decision that is none of the run's. */
export const reasonOf = (decision: LockDecision): string => {
  switch (decision.kind) {
    case "none":
      return decision.reason;
    case "held":
    case "wait":
      return decision.reasons[0] ?? "stale_balance";
    case "warn":
      return "warning_recent";
    case "lock":
      return "done";
  }
};

const placeOf = async (tx: ServiceTx, ctx: ServiceContext, memberId: Id<"member">) => {
  try {
    return await connectionFor(tx, ctx, { memberId, capability: "access.state" });
  } catch (error) {
    if (error instanceof DomainError && error.code === "precondition_failed") {
      return null;
    }
    throw error;
  }
};

type LockRow = {
  readonly debt: Pick<Debt, "contactId" | "payer">;
  readonly facts: Pick<DoorFacts, "dueMinor" | "currency" | "episodeOn">;
  readonly boundMinor: bigint;
  readonly effectId: string;
};

/** Notes that this debt's lock is asked for or planned; false when it has had one already. What was dropped before it began is none. */
export const noteLock = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { row: { boundMinor, debt, effectId, facts }, status }: { readonly row: LockRow; readonly status: "asked" | "planned" },
): Promise<boolean> => {
  const open = status === "planned" ? ["asked", "dropped"] : ["dropped"];
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    insert into "AccessLock" (id, "franchiseId", "clubId", "contactId", "memberId", "episodeOn", "boundMinor", "dueMinor", currency, "effectId", status, "askedAt", "updatedAt")
    values (${newId("accessLock")}, ${ctx.franchiseId}, ${ctx.clubId}, ${debt.contactId}, ${debt.payer.memberId}, ${facts.episodeOn ?? ""}, ${boundMinor},
            ${facts.dueMinor}, ${facts.currency}, ${effectId}, ${status}, ${tx.now}, ${tx.now})
    on conflict ("clubId", "memberId", "episodeOn") do update
    set status = excluded.status, "effectId" = excluded."effectId", "boundMinor" = excluded."boundMinor", "dueMinor" = excluded."dueMinor",
        "askedAt" = case when "AccessLock".status = 'dropped' then excluded."askedAt" else "AccessLock"."askedAt" end, "updatedAt" = excluded."updatedAt"
    where "AccessLock".status = any (${open}::text[])
    returning id`;
  return rows.length === 1;
};
