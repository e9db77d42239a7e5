import "server-only";

import { afterAccess } from "#server/services/access/after-access.ts";
import { planListedLocks } from "#server/services/workflows/plan-listed-locks.ts";
import { settleUse } from "#server/services/automations/settle-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { countReminder } from "#server/services/collections/count-reminder.ts";
import { settleReferral } from "#server/services/collections/settle-referral.ts";
import { CampaignArguments, LockListArguments, ReferralArguments } from "#server/services/effects/effect-arguments.ts";
import { planCampaignMessages } from "#server/services/messages/plan-campaign-messages.ts";
import { isPayRequest, openPayRequest } from "#server/services/payments/open-pay-request.ts";
import type { EffectKind } from "#server/services/effects/effect-kinds.ts";

/** Name of the event that has a started reset watched to its end. */
export const RESET_STARTED = "devices/reset.started";

type Confirmed = { readonly id: string; readonly kind: EffectKind; readonly purpose: string; readonly arguments: unknown };

/** What else becomes true in the transaction that notes that a deed was done. */
export const afterConfirmed = async (tx: ServiceTx, ctx: ServiceContext, effect: Confirmed): Promise<void> => {
  if (effect.kind === "message.send") {
    await countReminder(tx, ctx, effect);
    await settleUse(tx, ctx, { effectId: effect.id, outcome: "answered", line: null, needsPerson: false });
  }
  if (effect.kind === "door.pulse") {
    const line = { bay_reset: null, door_unlock: "door_opened" } as const;
    await settleUse(tx, ctx, { effectId: effect.id, outcome: "succeeded", line, needsPerson: false });
  }
  if (effect.kind === "device.reset") {
    const line = { bay_reset: "reset_started", door_unlock: null } as const;
    await settleUse(tx, ctx, { effectId: effect.id, outcome: "running", line, needsPerson: false });
    tx.news.changes.push({ topic: "connection", event: { name: RESET_STARTED, data: { effectId: effect.id } } });
  }
  if (isPayRequest(effect.kind)) {
    await openPayRequest(tx, ctx, { effectId: effect.id, kind: effect.kind });
  }
  if (effect.kind === "campaign.send") {
    await planCampaignMessages(tx, ctx, { effectId: effect.id, campaign: CampaignArguments.parse(effect.arguments) });
  }
  if (effect.kind === "referral.list") {
    await settleReferral(tx, ctx, { effectId: effect.id, referral: ReferralArguments.parse(effect.arguments) });
  }
  if (effect.kind === "access.set") {
    await afterAccess(tx, ctx, effect);
  }
  if (effect.kind === "lock.list") {
    await planListedLocks(tx, ctx, { effectId: effect.id, list: LockListArguments.parse(effect.arguments) });
  }
};
