import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { TIERS } from "#server/domain/past-due/facts.ts";
import { accessDeed } from "#server/services/access/request-access.ts";
import { reminderDeed } from "#server/services/collections/reminder-deed.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ClubDeed } from "#server/services/effects/act-for-club.ts";
import { planEffect, type EffectPlan } from "#server/services/effects/plan-effect.ts";
import { noteDeed } from "#server/services/members/request-note.ts";
import type { Act, Acted, Acting } from "#server/services/workflows/define.ts";
import { sendText } from "#server/services/workflows/send-message.ts";

import { DOOR_QUESTION_HOURS } from "./limits.ts";

/** What may have changed since the plan is asked once more; what must not be done any more is told as its reason. */
const unlessRefused = async (act: () => Promise<Acted>): Promise<Acted> => {
  try {
    return await act();
  } catch (error) {
    if (error instanceof DomainError && error.code !== "upstream_unavailable") {
      return { kind: "ended", outcome: "suppressed", reason: error.message };
    }
    throw error;
  }
};

const memberOf = ({ outcome }: Acting): Id<"member"> => {
  if (outcome.memberId === null) {
    throw new DomainError("not_found", "this is no member any more");
  }
  return asId("member", outcome.memberId);
};

/** Into the ledger under the outcome's key: whoever comes second finds it there. */
const planDeed = (
  tx: ServiceTx,
  ctx: ServiceContext,
  {
    deed,
    effectKey,
    needsApproval = null,
  }: Pick<EffectPlan, "effectKey"> & { deed: ClubDeed; needsApproval?: EffectPlan["needsApproval"] },
): Promise<Id<"effect">> => {
  const plan: EffectPlan = { ...deed.plan, effectKey, plannedBy: "workflow", needsApproval };
  return planEffect(tx, ctx, plan);
};

const tierOf = (tier: string | null) => TIERS.find((one) => one === tier) ?? null;

/** The words that were planned and shown, or a reminder of what is owed by now. */
export const message: Act = (tx, ctx, acting) => {
  const tier = tierOf(acting.outcome.tier);
  return tier === null
    ? sendText(tx, ctx, { ...acting, purpose: acting.outcome.tier === "service" ? "service" : "marketing", subject: acting.run.club.name })
    : unlessRefused(async () => {
        const deed = await reminderDeed(tx, ctx, { contactId: acting.outcome.contactId, tier });
        return { kind: "effect", effectId: await planDeed(tx, ctx, { deed, effectKey: acting.effectKey }) };
      });
};

export const note: Act = (tx, ctx, acting) =>
  unlessRefused(async () => {
    const deed = await noteDeed(tx, ctx, { memberId: memberOf(acting), text: acting.outcome.text ?? "" });
    return { kind: "effect", effectId: await planDeed(tx, ctx, { deed, effectKey: acting.effectKey }) };
  });

/** A manager decides each door, after signing in, whatever the task was allowed. */
const door =
  (state: "suspended" | "allowed"): Act =>
  (tx, ctx, acting) =>
    unlessRefused(async () => {
      const deed = await accessDeed(tx, ctx, { memberId: memberOf(acting), state });
      const expiresAt = new Date(tx.now.getTime() + DOOR_QUESTION_HOURS * 3_600_000);
      const needsApproval = { requiredRole: "manager", summary: deed.summary, expiresAt } as const;
      return {
        kind: "effect",
        effectId: await planDeed(tx, ctx, { deed, effectKey: acting.effectKey, needsApproval }),
        needsApproval: true,
      };
    });

export const lock = door("suspended");
export const unlock = door("allowed");
