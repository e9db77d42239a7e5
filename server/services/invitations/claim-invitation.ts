import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { isAtLeast } from "#server/domain/permissions.ts";
import { Role } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { recordAccountAudit } from "#server/services/users/account-audit.ts";

import { linkIsDead, openAt, tokenHashOf, TOKEN_PATTERN, type OpenInvitation } from "./internal.ts";

type Claim = { readonly invitation: OpenInvitation; readonly userId: Id<"user">; readonly requestId: string | null };

const FIELDS = { id: true, franchiseId: true, clubId: true, email: true, role: true } as const;

/** @throws `not_found` for a token that is wrong, spent, revoked or expired: one answer for all */
export const getOpenInvitation = async (tx: Tx, token: string): Promise<OpenInvitation> => {
  const row = TOKEN_PATTERN.test(token)
    ? await tx.db.invitation.findFirst({ where: { tokenHash: tokenHashOf(token), ...openAt(tx.now) }, select: FIELDS })
    : null;
  if (row === null) {
    throw linkIsDead();
  }
  return openInvitationOf(row);
};

export const listOpenInvitations = async (tx: Tx, email: string): Promise<readonly OpenInvitation[]> => {
  const rows = await tx.db.invitation.findMany({ where: { email, ...openAt(tx.now) }, select: FIELDS });
  return rows.map(openInvitationOf);
};

/**
 * Spends an invitation for a user, in a transaction of the system login: of two at the same time one wins.
 * An access of the same place is replaced by a higher role and never by a lower one.
 * @throws `not_found` when it is open no longer
 */
export const claimInvitation = async (tx: Tx, { invitation, userId, requestId }: Claim): Promise<void> => {
  const { count } = await tx.db.invitation.updateMany({
    where: { id: invitation.id, ...openAt(tx.now) },
    data: { acceptedAt: tx.now, acceptedById: userId },
  });
  if (count === 0) {
    throw linkIsDead();
  }
  await grantAccess(tx, { invitation, userId });
  await recordAccountAudit(tx, {
    franchiseId: invitation.franchiseId,
    clubId: invitation.clubId,
    action: "invitation.accepted",
    userId,
    entityId: invitation.id,
    details: { role: invitation.role },
    requestId,
  });
};

const grantAccess = async (tx: Tx, { invitation, userId }: Pick<Claim, "invitation" | "userId">): Promise<void> => {
  const { franchiseId, clubId, role } = invitation;
  const place = { userId, franchiseId, clubId, archivedAt: null };
  const existing = await tx.db.staffAccess.findFirst({ where: place, select: { id: true, role: true } });
  if (existing !== null && isAtLeast(Role.parse(existing.role), role)) {
    return;
  }
  await tx.db.staffAccess.updateMany({ where: place, data: { archivedAt: tx.now } });
  await tx.db.staffAccess.createMany({ data: { id: newId("staffAccess"), userId, franchiseId, clubId, role, createdAt: tx.now } });
};

type Row = {
  readonly id: string;
  readonly franchiseId: string;
  readonly clubId: string | null;
  readonly email: string;
  readonly role: string;
};

const openInvitationOf = (row: Row): OpenInvitation => ({
  id: asId("invitation", row.id),
  franchiseId: asId("franchise", row.franchiseId),
  clubId: row.clubId === null ? null : asId("club", row.clubId),
  email: row.email,
  role: Role.parse(row.role),
});
