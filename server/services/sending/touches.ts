import "server-only";

import { proactivePurpose } from "#server/domain/sending/send-purpose.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Sent = {
  readonly id: string;
  readonly kind: string;
  readonly plannedBy: string;
  readonly purpose: string;
  readonly addressKey: string | null;
  readonly channelKind: string | null;
};

/**
 * Counts a message against the budget of its person and of the brand. It is counted when it is begun, because until its
 * end is known it may have gone out; begun again after it had been struck, it counts from then.
 */
export const countTouch = async (tx: ServiceTx, ctx: ServiceContext, sent: Sent): Promise<void> => {
  if (sent.addressKey === null || sent.channelKind === null) {
    return;
  }
  const isProactive = proactivePurpose(sent) !== null;
  await tx.db.$executeRaw`
    insert into "ContactTouch" (id, "franchiseId", "clubId", "addressKey", "channelKind", purpose, "effectId", at, "isProactive")
    values (${newId("contactTouch")}, ${ctx.franchiseId}, ${ctx.clubId}, ${sent.addressKey}, ${sent.channelKind}, ${sent.purpose},
            ${sent.id}, ${tx.now}, ${isProactive})
    on conflict ("franchiseId", "effectId") do update
      set "voidedAt" = null, at = case when "ContactTouch"."voidedAt" is null then "ContactTouch".at else excluded.at end`;
};

/** It is known not to have gone out. */
export const strikeTouch = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  await tx.db.contactTouch.updateMany({
    where: { franchiseId: ctx.franchiseId, effectId, voidedAt: null },
    data: { voidedAt: tx.now },
  });
};
