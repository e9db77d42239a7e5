import "server-only";

import { currentUser } from "#server/auth/session.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { actorOf } from "#server/services/users/actor-of.ts";

/** Who asks, in the club of a road's address. @throws `forbidden` for nobody, `not_found` for a club that is not theirs */
export const staffContext = async (request: Request, slug: string): Promise<ServiceContext> => {
  const user = await currentUser();
  if (user === null) {
    throw new DomainError("forbidden", "sign in first");
  }
  const club = user.clubs.find((one) => one.slug === slug);
  if (club === undefined) {
    throw notFound("file");
  }
  return {
    franchiseId: club.franchiseId,
    clubId: club.id,
    actor: actorOf(user, club),
    requestId: request.headers.get("x-request-id") ?? crypto.randomUUID(),
  };
};
