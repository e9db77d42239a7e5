import "server-only";

import { z } from "zod";

import { AutonomyScope, scopeLabel, stageIn } from "#server/domain/autonomy.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { STAGE_LABELS } from "#server/domain/policy-words.ts";
import { Stage } from "#server/domain/vocabulary-schemas.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { setStage } from "./set-stage.ts";
import { demotionKey, offerKey } from "./words.ts";

export const OfferInput = z.object({ changeId: idSchema("autonomyChange") });
type Input = z.input<typeof OfferInput>;

/**
 * The stage that was earned holds from the next message on.
 * @throws `precondition_failed` when the offer is decided, or the stage is another one by now; `invalid` where the franchise holds it
 */
export const acceptOffer = async (ctx: ServiceContext, raw: Input): Promise<void> => {
  assertCan(ctx, "learning.decide");
  assertCan(ctx, "policy.publish");
  const { changeId } = OfferInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { fromStage, scope, toStage } = await decide(tx, ctx, { changeId, to: "accepted" });
    const { policy } = await resolvedPolicy(tx, ctx);
    if (stageIn(policy, scope) !== fromStage) {
      throw new DomainError("precondition_failed", "the stage of this topic was changed since it was offered");
    }
    const note = `${scopeLabel(scope)} raised to "${STAGE_LABELS[toStage]}" as earned`;
    const policyVersion = await setStage(tx, ctx, { scope, to: toStage, note });
    await settleAlert(tx, ctx, demotionKey(scope));
    await recordAudit(tx, ctx, { action: "stage.raised", entityId: changeId, details: { scope, from: fromStage, to: toStage } });
    tx.news.actions.push({
      kind: "stage.raised",
      risk: "reversible",
      outcome: "approved",
      summary: "An owner accepted a higher stage of autonomy.",
      inputs: { scope, from: fromStage, to: toStage, changeId },
      policyVersion,
    });
  });
};

/** Everything stays as it is, and nothing is offered for this topic for two weeks. @throws `precondition_failed` when the offer is decided */
export const declineOffer = async (ctx: ServiceContext, raw: Input): Promise<void> => {
  assertCan(ctx, "learning.decide");
  const { changeId } = OfferInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { fromStage, scope, toStage } = await decide(tx, ctx, { changeId, to: "declined" });
    await recordAudit(tx, ctx, { action: "stage.kept", entityId: changeId, details: { scope, from: fromStage, to: toStage } });
    tx.news.actions.push({
      kind: "stage.kept",
      risk: "read",
      outcome: "rejected",
      summary: "An owner declined a higher stage of autonomy.",
      inputs: { scope, from: fromStage, to: toStage, changeId },
    });
  });
};

type Verdict = { readonly changeId: string; readonly to: "accepted" | "declined" };

const decide = async (tx: ServiceTx, ctx: ServiceContext, { changeId, to }: Verdict) => {
  const where = { id: changeId, clubId: ctx.clubId };
  const change = await tx.db.autonomyChange.findFirst({ where, select: { scope: true, fromStage: true, toStage: true } });
  if (change === null) {
    throw notFound("offer");
  }
  const { count } = await tx.db.autonomyChange.updateMany({
    where: { ...where, status: "offered" },
    data: { status: to, decidedAt: tx.now, decidedById: staffUserId(ctx) },
  });
  if (count === 0) {
    throw new DomainError("precondition_failed", "this offer is no longer open");
  }
  const scope = AutonomyScope.parse(change.scope);
  await settleAlert(tx, ctx, offerKey(scope));
  tx.news.changes.push({ topic: "learning" });
  return { scope, fromStage: Stage.parse(change.fromStage), toStage: Stage.parse(change.toStage) };
};
