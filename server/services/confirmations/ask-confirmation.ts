import "server-only";

import { CONFIRMATION_TTL_MINUTES } from "#server/domain/automations.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { closeConfirmations } from "#server/services/confirmations/close-confirmations.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { EffectPlan } from "#server/services/effects/plan-effect.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

type Asking = {
  /** What a yes would do. */
  readonly plan: EffectPlan;
  readonly conversationId: Id<"conversation">;
  readonly contactId: Id<"contact">;
  /** The sentence that goes out, such as "Reply YES to reset bay 3." */
  readonly question: string;
};

/**
 * Plans an effect that waits for the yes of whoever asked for it, bound to the very arguments that will run. An older
 * question of the conversation is withdrawn: a yes never means two things. Part of the transaction that plans the question.
 */
export const askConfirmation = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { plan, conversationId, contactId, question }: Asking,
): Promise<Id<"effect">> => {
  await closeConfirmations(tx, ctx, { conversationId });
  const expiresAt = new Date(tx.now.getTime() + CONFIRMATION_TTL_MINUTES * 60_000);
  const effectId = await planEffect(tx, ctx, { ...plan, needsApproval: null, awaitsContactUntil: expiresAt });
  const effect = await tx.db.effect.findFirstOrThrow({ where: { id: effectId, clubId: ctx.clubId }, select: { argumentsHash: true } });
  const id = newId("confirmation");
  await tx.db.confirmation.createMany({
    data: {
      id,
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      effectId,
      conversationId,
      contactId,
      question,
      argumentsHash: effect.argumentsHash,
      status: "pending",
      askedAt: tx.now,
      expiresAt,
    },
  });
  await recordAudit(tx, ctx, { action: "confirmation.asked", entityId: id });
  tx.news.actions.push({
    kind: "confirmation.asked",
    risk: "physical",
    outcome: "planned",
    summary: "The member was asked to confirm an action.",
    conversationId,
    effectId,
    inputs: { argumentsHash: effect.argumentsHash },
  });
  return effectId;
};
