import "server-only";

import { asId } from "#server/domain/ids.ts";
import { withSystem, type Tx } from "#server/platform/tenant.ts";
import { claimInvitation, listOpenInvitations } from "#server/services/invitations/claim-invitation.ts";
import { createUser } from "./create-user.ts";
import { normalizeEmail } from "./email-address.ts";
import type { SessionSeed } from "./sign-in-with-password.ts";

export type GoogleProfile = {
  /** Google's stable id of the account; the address may change hands, this never does. */
  readonly subject: string;
  readonly email: string;
  readonly isEmailVerified: boolean;
  readonly name: string;
};

/**
 * Signs in a user of this Google account, or links the account to the user with its verified address, or makes a
 * user of whoever was invited under that address. Anybody else is refused with null. Nobody is known yet, so there
 * is no permission to ask for.
 */
export const signInWithGoogle = async (profile: GoogleProfile): Promise<SessionSeed | null> => {
  const email = profile.isEmailVerified ? normalizeEmail(profile.email) : null;
  return withSystem(async (tx) => {
    const user = (await findBySubject(tx, profile.subject)) ?? (email === null ? null : await linkOrInvite(tx, { ...profile, email }));
    if (user === null || user.archivedAt !== null) {
      return null;
    }
    await tx.db.user.updateMany({ where: { id: user.id }, data: { lastSignedInAt: tx.now } });
    return { userId: asId("user", user.id), sessionVersion: user.sessionVersion };
  });
};

const FIELDS = { id: true, sessionVersion: true, archivedAt: true } as const;
type Found = { readonly id: string; readonly sessionVersion: number; readonly archivedAt: Date | null };

/** The session of an account that signed in a moment ago. */
export const findGoogleUser = async (subject: string): Promise<SessionSeed | null> => {
  const user = await withSystem((tx) => findBySubject(tx, subject));
  return user === null || user.archivedAt !== null ? null : { userId: asId("user", user.id), sessionVersion: user.sessionVersion };
};

const findBySubject = (tx: Tx, googleSubject: string): Promise<Found | null> =>
  tx.db.user.findUnique({ where: { googleSubject }, select: FIELDS });

const linkOrInvite = async (tx: Tx, profile: GoogleProfile): Promise<Found | null> => {
  // Only a user who has no Google account yet: another account with the same address is somebody else by now.
  const { count } = await tx.db.user.updateMany({
    where: { email: profile.email, googleSubject: null, archivedAt: null },
    data: { googleSubject: profile.subject },
  });
  const isKnown = count > 0 || (await tx.db.user.count({ where: { email: profile.email } })) > 0;
  if (!isKnown) {
    await joinByInvitation(tx, profile);
  }
  return findBySubject(tx, profile.subject);
};

/** Google has verified that the mailbox is theirs, which is all the link would prove. */
const joinByInvitation = async (tx: Tx, { email, name, subject }: GoogleProfile): Promise<void> => {
  const invitations = await listOpenInvitations(tx, email);
  if (invitations.length === 0) {
    return;
  }
  const userId = await createUser(tx, { email, name, passwordHash: null, googleSubject: subject });
  if (userId === null) {
    return;
  }
  for (const invitation of invitations) {
    await claimInvitation(tx, { invitation, userId, requestId: null });
  }
};
