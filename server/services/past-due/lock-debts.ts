import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/**
 * Holds the doors and the referral of these payers for the rest of the transaction. Whoever decides about one of them, notes that one
 * was done, or looks whether one must be taken back holds it from before they read, so that each of them sees the one before. It comes
 * behind a conversation and an effect, and before a person's budget.
 */
export const lockDebts = async (
  tx: ServiceTx,
  { clubId }: Pick<ServiceContext, "clubId">,
  contactIds: readonly string[],
): Promise<void> => {
  for (const contactId of [...new Set(contactIds)].toSorted()) {
    await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${clubId}|debt|${contactId}`}, 5))`;
  }
};
