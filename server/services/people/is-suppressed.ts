import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

type Address = { readonly addressKey: string; readonly channelKind: string };

/** Whether nothing may be written to this address on this channel by any club of the franchise. */
export const isSuppressed = async (tx: Tx, scope: { readonly franchiseId: string }, address: Address): Promise<boolean> => {
  const row = await tx.db.suppression.findFirst({
    where: { franchiseId: scope.franchiseId, ...address, purpose: "all", liftedAt: null },
    select: { id: true },
  });
  return row !== null;
};
