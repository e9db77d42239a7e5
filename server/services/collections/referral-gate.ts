import "server-only";

import { OPEN, type DebtGate, type GatedDeed } from "#server/services/access/lock-gate.ts";
import { lookAtCases } from "#server/services/collections/referral-facts.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { ReferralArguments } from "#server/services/effects/effect-arguments.ts";

const LOOK_AGAIN_MINUTES = 10;

/**
 * Whether anything of a referral that two people let go is still ripe at this very moment. Where only the balances are too old it waits
 * for newer ones; who paid, promised, disputes or was referred meanwhile is not referred.
 */
export const referralGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedDeed): Promise<DebtGate> => {
  const { cases } = ReferralArguments.parse(effect.arguments);
  const looked = await lookAtCases(tx, ctx, { memberIds: cases.map(({ memberId }) => memberId) });
  if (looked.some(({ decision }) => decision.kind === "propose")) {
    return OPEN;
  }
  if (looked.some(({ decision }) => decision.kind === "held" && decision.reason === "stale_balance")) {
    const until = new Date(tx.now.getTime() + LOOK_AGAIN_MINUTES * 60_000);
    return { kind: "defer", reason: "referral_waits", detail: "stale_balance", until };
  }
  await tx.db.referralCase.updateMany({
    where: { clubId: ctx.clubId, effectId: effect.id, status: "proposed" },
    data: { status: "withdrawn", decidedAt: tx.now, updatedAt: tx.now },
  });
  tx.news.changes.push({ topic: "workflow" });
  const [first] = looked;
  return {
    kind: "suppress",
    reason: "referral_held",
    detail: first === undefined || first.decision.kind === "propose" ? "nothing_due" : first.decision.reason,
  };
};
