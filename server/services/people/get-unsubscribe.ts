import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { withClub } from "#server/platform/tenant.ts";
import { readUnsubscribeLink } from "#server/services/people/unsubscribe-link.ts";

/** What the page behind a link shows, without changing anything. @throws `not_found` for a link that is none of ours */
export const getUnsubscribe = async (token: string): Promise<{ readonly clubName: string }> => {
  const link = readUnsubscribeLink(token);
  const club = await withClub(link, (tx) => tx.db.club.findFirst({ where: { id: link.clubId }, select: { name: true } }));
  if (club === null) {
    throw notFound("link");
  }
  return { clubName: club.name };
};
