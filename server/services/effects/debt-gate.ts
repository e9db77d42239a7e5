import "server-only";

import { lockGate, type DebtGate, type GatedDeed } from "#server/services/access/lock-gate.ts";
import { warningGate } from "#server/services/access/warning-gate.ts";
import { referralGate } from "#server/services/collections/referral-gate.ts";
import { outdatedInvoice } from "#server/services/past-due/invoice-gate.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { outdatedReminder } from "#server/services/past-due/reminder-gate.ts";
import { outdatedCampaign } from "#server/services/workflows/campaign/debt-reasons.ts";

/** What rests on a debt is looked at once more in the transaction that would begin it. Everything else passes unasked. */
export const debtGate = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedDeed): Promise<DebtGate> => {
  const gate = await gateOf(tx, ctx, effect);
  if (gate.kind !== "open") {
    await tx.db.effect.updateMany({ where: { id: effect.id, clubId: ctx.clubId }, data: { failureDetail: gate.detail } });
  }
  return gate;
};

const gateOf = async (tx: ServiceTx, ctx: ServiceContext, effect: GatedDeed): Promise<DebtGate> => {
  switch (effect.kind) {
    case "access.set":
      return lockGate(tx, ctx, effect);
    case "message.send": {
      const invoice = await outdatedInvoice(tx, ctx, effect);
      if (invoice !== null) {
        return { kind: "suppress", reason: "invoice_outdated", detail: invoice };
      }
      const outdated = (await outdatedReminder(tx, ctx, effect)) ?? (await outdatedCampaign(tx, ctx, effect));
      return outdated === null ? warningGate(tx, ctx, effect) : { kind: "suppress", reason: "debt_changed", detail: outdated };
    }
    case "referral.list":
      return referralGate(tx, ctx, effect);
    default:
      return { kind: "open" };
  }
};
