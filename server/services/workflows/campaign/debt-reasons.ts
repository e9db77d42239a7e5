import "server-only";

import { heldBy } from "#server/domain/past-due/ladder.ts";
import type { DebtReason } from "#server/domain/workflows/campaign-plan.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { loadDebts } from "#server/services/past-due/load-facts.ts";

/** Why nothing is written about the debts of some contacts now, asked as a reminder is; whoever is missing may be written to. */
export const debtReasons = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, DebtReason>> => {
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: contactIds });
  return new Map(
    contactIds.flatMap((contactId): readonly (readonly [string, DebtReason])[] => {
      const facts = debts.get(contactId)?.facts;
      const reason = facts === undefined ? "other_payer" : facts.isReferred ? "referred" : heldBy(facts, club.settings, tx.now)?.reason;
      return reason === undefined ? [] : [[contactId, reason]];
    }),
  );
};

type Written = { readonly id: string; readonly contactId: string | null; readonly purpose: string };

/** Why a campaign's text about a debt is true no more; null = it is, or the message is none. */
export const outdatedCampaign = async (tx: ServiceTx, ctx: ServiceContext, effect: Written): Promise<string | null> => {
  const isOfCampaign =
    effect.contactId !== null &&
    effect.purpose === "billing" &&
    (await tx.db.workflowOutcome.count({ where: { clubId: ctx.clubId, effectId: effect.id, run: { workflow: { kind: "campaign" } } } })) >
      0;
  if (!isOfCampaign || effect.contactId === null) {
    return null;
  }
  const { club, debts } = await loadDebts(tx, ctx, { payerIds: [effect.contactId] });
  const facts = debts.get(effect.contactId)?.facts;
  if (facts === undefined || facts.dueMinor <= 0n) {
    return "nothing_due";
  }
  return facts.isReferred ? "referred" : (heldBy(facts, club.settings, tx.now)?.reason ?? null);
};
