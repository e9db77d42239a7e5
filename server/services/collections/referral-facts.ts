import "server-only";

import { decideReferral, type ReferralDecision } from "#server/domain/past-due/referral.ts";
import { DEFAULT_REFERRAL_SETTINGS, ReferralSettings } from "#server/domain/past-due/settings.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { loadDebts, type Debt } from "#server/services/past-due/load-facts.ts";
import { lockDebts } from "#server/services/past-due/lock-debts.ts";
import { payersOf } from "#server/services/past-due/payers-of.ts";
import { trackEpisodes } from "#server/services/past-due/track-episodes.ts";

/** The rules of referring as the club has them now. */
export const referralSettings = async (tx: ServiceTx, ctx: ServiceContext): Promise<ReferralSettings> => {
  const workflow = await tx.db.workflow.findFirst({
    where: { clubId: ctx.clubId, kind: "referral", archivedAt: null },
    select: { settings: true },
  });
  return ReferralSettings.parse({ ...DEFAULT_REFERRAL_SETTINGS, ...Object(workflow?.settings) });
};

export type LookedAtCase = { readonly memberId: string; readonly debt: Debt | null; readonly decision: ReferralDecision };

/** Whether each of these members' debts is ripe at this moment, with the debts held until the transaction ends. */
export const lookAtCases = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { memberIds }: { readonly memberIds: readonly string[] },
): Promise<readonly LookedAtCase[]> => {
  const members = await tx.db.member.findMany({
    where: { id: { in: [...memberIds] }, clubId: ctx.clubId, archivedAt: null },
    select: { id: true, contactId: true },
  });
  const payers = new Map<string, string>();
  for (const { contactId, id } of members) {
    const [payer] = await payersOf(tx, ctx, [contactId]);
    if (payer !== undefined) {
      payers.set(id, payer);
    }
  }
  const payerIds = [...new Set(payers.values())];
  await lockDebts(tx, ctx, payerIds);
  await trackEpisodes(tx, ctx, { payerIds });
  const { club, debts } = await loadDebts(tx, ctx, { payerIds });
  const referral = await referralSettings(tx, ctx);
  return memberIds.map((memberId) => {
    const debt = debts.get(payers.get(memberId) ?? "") ?? null;
    return {
      memberId,
      debt,
      decision:
        debt === null ? { kind: "none", reason: "nothing_due" } : decideReferral(debt.facts, { referral, pastDue: club.settings }, tx.now),
    };
  });
};
