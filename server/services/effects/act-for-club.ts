import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { Role } from "#server/domain/vocabulary.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { planEffect, type EffectPlan } from "#server/services/effects/plan-effect.ts";

type Without<Plan> = Plan extends unknown ? Omit<Plan, "effectKey" | "plannedBy" | "needsApproval" | "awaitsContactUntil"> : never;

/** One deed with its very arguments, and the sentence people approve, built from them. */
export type ClubDeed = { readonly plan: Without<EffectPlan>; readonly summary: string };

type Acting = {
  /** The request it belongs to: run again, it is the same deed. */
  readonly callKey: string;
  /** Whether it may happen without a person. */
  readonly isAlone: boolean;
  readonly requiredRole: Role;
  readonly requiredCount?: number;
  /** Finds out in the planning transaction what exactly is to be done. @throws DomainError where it must not be */
  readonly choose: (tx: ServiceTx) => Promise<ClubDeed>;
};

export type ClubActResult = {
  readonly effectId: Id<"effect">;
  /** `done`, `asked_the_team`, or that it did not happen or nobody knows yet. */
  readonly status: "done" | "asked_the_team" | "not_done" | "unclear";
  /** The sentence of the deed, as people read it. */
  readonly summary: string;
};

/** Chosen by us: over a weekend somebody looks. */
const APPROVAL_TTL_HOURS = 72;

/** Plans one deed of a run that no conversation binds, and does it at once or puts it before the club's people. */
export const actForClub = async (ctx: ServiceContext, acting: Acting): Promise<ClubActResult> => {
  assertCan(ctx, "effect.plan");
  const { callKey, isAlone, requiredCount, requiredRole } = acting;
  const { effectId, summary } = await inTransaction(ctx, async (tx) => {
    const deed = await acting.choose(tx);
    const plan: EffectPlan = {
      ...deed.plan,
      effectKey: callKey,
      plannedBy: "workflow",
      needsApproval: isAlone
        ? null
        : {
            requiredRole,
            summary: deed.summary,
            expiresAt: new Date(tx.now.getTime() + APPROVAL_TTL_HOURS * 3_600_000),
            ...(requiredCount === undefined ? {} : { requiredCount }),
          },
    };
    const id = await planEffect(tx, ctx, plan);
    await recordAudit(tx, ctx, { action: "effect.planned", entityId: id, details: { callKey } });
    return { effectId: id, summary: deed.summary };
  });
  if (!isAlone) {
    return { effectId, status: "asked_the_team", summary };
  }
  const { status } = await dispatchEffect(ctx, { effectId });
  const isOpen = status === "unknown" || status === "planned" || status === "dispatching";
  return { effectId, status: status === "confirmed" ? "done" : isOpen ? "unclear" : "not_done", summary };
};
