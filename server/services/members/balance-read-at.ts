import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

/**
 * When the balance of a member was last known to be true: the start of the newest pass in which its leading source told
 * it, for an unchanged row is not written. Null when nobody has told it, or the source could not the last time.
 */
export const balanceReadAt = async (
  tx: Tx,
  { clubId, memberId }: { readonly clubId: string; readonly memberId: string },
): Promise<Date | null> => {
  const member = await tx.db.member.findFirst({
    where: { id: memberId, clubId },
    select: { connectionId: true, externalId: true, balanceMinor: true, balanceReadAt: true },
  });
  if (member === null || member.balanceMinor === null) {
    return null;
  }
  if (member.connectionId === null) {
    return member.balanceReadAt;
  }
  const { connectionId, externalId } = member;
  const identity = await tx.db.memberIdentity.findFirst({
    where: { clubId, connectionId, externalId },
    select: { seenAt: true, balanceUnreadSince: true },
  });
  return identity === null || identity.balanceUnreadSince !== null ? null : identity.seenAt;
};
