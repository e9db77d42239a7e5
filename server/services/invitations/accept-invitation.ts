import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { assertOwnDevice } from "#server/services/users/assert-own-device.ts";
import { createUser, NAME_MAX_LENGTH } from "#server/services/users/create-user.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import { NewPassword } from "#server/services/users/new-password.ts";
import { hashPassword } from "#server/services/users/password-hash.ts";
import { z } from "zod";

import { claimInvitation, getOpenInvitation } from "./claim-invitation.ts";

const Token = z.string().max(100);

export const JoinInput = z.object({
  token: Token,
  name: z.string().trim().min(1, "tell your team your name").max(NAME_MAX_LENGTH),
  password: NewPassword,
});

export const AcceptInvitationInput = z.object({ token: Token });

type Options = { readonly requestId: string | null };

/**
 * Makes a user of somebody who was invited and opens the door the invitation names. The link is the permission.
 * @throws `not_found` for a dead link, `conflict` when the invited address signs in already: then one signs in first
 */
export const joinByInvitation = async (raw: z.input<typeof JoinInput>, { requestId }: Options): Promise<{ readonly email: string }> => {
  const { token, name, password } = JoinInput.parse(raw);
  // Looked at before the hash is computed, so that guessing links costs this server nothing.
  await withSystem((tx) => getOpenInvitation(tx, token));
  const passwordHash = await hashPassword(password);
  return withSystem(async (tx) => {
    const invitation = await getOpenInvitation(tx, token);
    const userId: Id<"user"> | null = await createUser(tx, { email: invitation.email, name, passwordHash, googleSubject: null });
    if (userId === null) {
      throw new DomainError("conflict", "this address already has a sign-in, use it and open the link again");
    }
    await claimInvitation(tx, { invitation, userId, requestId });
    return { email: invitation.email };
  });
};

/**
 * Opens one more door to a user who is signed in under the invited address. The link is the permission.
 * @throws `not_found` for a dead link, `forbidden` when it was meant for another address
 */
export const acceptInvitation = async (
  user: SignedIn,
  raw: z.input<typeof AcceptInvitationInput>,
  { requestId }: Options,
): Promise<void> => {
  assertOwnDevice(user);
  const { token } = AcceptInvitationInput.parse(raw);
  await withSystem(async (tx) => {
    const invitation = await getOpenInvitation(tx, token);
    if (invitation.email !== user.email) {
      throw new DomainError("forbidden", "this invitation was sent to another address, sign in with that one");
    }
    await claimInvitation(tx, { invitation, userId: user.userId, requestId });
  });
};
