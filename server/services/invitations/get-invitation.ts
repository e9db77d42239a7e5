import "server-only";

import type { Role } from "#server/domain/vocabulary.ts";
import { withSystem } from "#server/platform/tenant.ts";

import { getOpenInvitation } from "./claim-invitation.ts";

/** What the page behind a link shows before anybody is signed in. */
export type InvitationView = {
  readonly email: string;
  readonly role: Role;
  readonly franchiseName: string;
  /** Null when it opens every club of the franchise. */
  readonly clubName: string | null;
  /** Whether the invited address signs in already; then it does so first. */
  readonly hasUser: boolean;
};

/**
 * The link itself is the permission.
 * @throws `not_found` for a link that is wrong, spent, revoked or expired
 */
export const getInvitation = (token: string): Promise<InvitationView> =>
  withSystem(async (tx) => {
    const { franchiseId, clubId, email, role } = await getOpenInvitation(tx, token);
    const franchise = await tx.db.franchise.findUniqueOrThrow({ where: { id: franchiseId }, select: { name: true } });
    const club = clubId === null ? null : await tx.db.club.findUniqueOrThrow({ where: { id: clubId }, select: { name: true } });
    const userCount = await tx.db.user.count({ where: { email } });
    return { email, role, franchiseName: franchise.name, clubName: club?.name ?? null, hasUser: userCount > 0 };
  });
