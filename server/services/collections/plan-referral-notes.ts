import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { formatMoney } from "#server/domain/money.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ReferralArguments } from "#server/services/effects/effect-arguments.ts";
import { planEffect } from "#server/services/effects/plan-effect.ts";

type Let = { readonly effectId: string; readonly referral: ReferralArguments };

/** Two people have let a list go: each member gets the note by which everybody sees it, once. */
export const planReferralNotes = async (tx: ServiceTx, ctx: ServiceContext, { effectId, referral }: Let): Promise<void> => {
  const [connectionId] = await connectionsWith(tx, ctx, "notes.write");
  if (connectionId === undefined) {
    return;
  }
  for (const { amountMinor, attemptCount, memberId, pastDueSinceOn, personExternalId } of referral.cases) {
    const owed = formatMoney(amountMinor, referral.currency);
    await planEffect(tx, ctx, {
      effectKey: `referral:${effectId}:${memberId}`,
      kind: "note.add",
      plannedBy: "system",
      needsApproval: null,
      connectionId: connectionId satisfies Id<"connection">,
      purpose: "billing",
      arguments: {
        personExternalId,
        text: `REFERRED TO COLLECTIONS: ${owed} owed since ${pastDueSinceOn}, ${attemptCount} attempts. [urgent, billing]`,
      },
    });
  }
};
