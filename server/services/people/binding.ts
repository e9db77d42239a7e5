import "server-only";

import type { Tx } from "#server/platform/tenant.ts";

export type Binding = "bound" | "shared" | "unknown";

type Identity = { readonly contactId: string; readonly channelKind: string; readonly addressKey: string };

/**
 * Whether the sender's address belongs to exactly one record of the club. A vendor that knows people by its own id
 * (ClubOS) binds through the contact's one record; a number or an address binds only while nobody else shares it.
 */
export const bindingOf = async (tx: Tx, scope: { readonly clubId: string }, identity: Identity): Promise<Binding> => {
  const live = { clubId: scope.clubId, archivedAt: null };
  const where =
    identity.channelKind === "clubos"
      ? { ...live, contactId: identity.contactId }
      : { ...live, OR: [{ phoneKey: identity.addressKey }, { emailKey: identity.addressKey }] };
  const count = (await tx.db.member.count({ where })) + (await tx.db.prospect.count({ where }));
  if (count === 0) {
    return "unknown";
  }
  return count === 1 ? "bound" : "shared";
};
