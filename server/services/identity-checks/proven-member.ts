import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { Binding } from "#server/services/people/binding.ts";

type Sender = { readonly conversationId: string; readonly contactId: string; readonly binding: Binding };

export type Proof = { readonly memberId: string; readonly verifiedById: string | null; readonly expiresAt: Date | null };

/**
 * The member an unknown or shared sender has proven to be: by a code, for a day and in this conversation, or by the word of staff,
 * which for an address that nobody else has is for good. Null where the address itself says who it is.
 */
export const provenMember = async (
  tx: Tx,
  scope: { readonly clubId: string },
  { binding, contactId, conversationId }: Sender,
): Promise<Proof | null> => {
  if (binding === "bound") {
    return null;
  }
  const proof = await tx.db.contactVerification.findFirst({
    where: {
      clubId: scope.clubId,
      contactId,
      verifiedAt: { not: null },
      closedAt: null,
      OR: [{ conversationId, expiresAt: { gt: tx.now } }, ...(binding === "unknown" ? [{ expiresAt: null }] : [])],
    },
    orderBy: { verifiedAt: "desc" },
    select: { memberId: true, verifiedById: true, expiresAt: true },
  });
  if (proof === null || proof.memberId === null) {
    return null;
  }
  const isThere = (await tx.db.member.count({ where: { id: proof.memberId, clubId: scope.clubId, archivedAt: null } })) === 1;
  return isThere ? { ...proof, memberId: proof.memberId } : null;
};
