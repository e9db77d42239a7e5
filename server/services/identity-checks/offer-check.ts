import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { CLAIMS_PER_DAY, OFFER_HOURS } from "#server/services/identity-checks/limits.ts";

const HOUR_MS = 3_600_000;

type Asker = { readonly conversationId: string; readonly contactId: string };

/** Whether a check may be offered in a conversation: after a failed one, or after enough of them, a person looks. */
export const mayOfferCheck = async (tx: Tx, scope: { readonly clubId: string }, { conversationId, contactId }: Asker): Promise<boolean> => {
  const where = { clubId: scope.clubId, conversationId, contactId, verifiedAt: null };
  const since = new Date(tx.now.getTime() - OFFER_HOURS * HOUR_MS);
  const count = await tx.db.contactVerification.count({ where: { ...where, claimedAt: { gt: since } } });
  const failedCount = await tx.db.contactVerification.count({ where: { ...where, closedAt: { gt: since }, attemptCount: { gt: 0 } } });
  return failedCount === 0 && count < CLAIMS_PER_DAY;
};

/** From now on a name with a day of birth or an e-mail address is read as the answer to the offer. */
export const openCheck = async (tx: ServiceTx, ctx: ServiceContext, { conversationId, contactId }: Asker): Promise<void> => {
  const open = await tx.db.contactVerification.count({
    where: { clubId: ctx.clubId, conversationId, contactId, verifiedAt: null, closedAt: null, claimedAt: null, expiresAt: { gt: tx.now } },
  });
  if (open === 0) {
    await tx.db.contactVerification.createMany({
      data: {
        id: newId("contactVerification"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        conversationId,
        contactId,
        expiresAt: new Date(tx.now.getTime() + OFFER_HOURS * HOUR_MS),
        createdAt: tx.now,
      },
    });
  }
};
