import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { getInvitation, type InvitationView } from "#server/services/invitations/get-invitation.ts";

/** What the page behind a link shows; null when the link is dead, for whichever reason. */
export const findInvitation = async (token: string): Promise<InvitationView | null> => {
  try {
    return await getInvitation(token);
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") {
      return null;
    }
    throw error;
  }
};
