import "server-only";

import { notFound } from "#server/domain/errors.ts";
import type { ClubSummary } from "#server/domain/inbox-view.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import { z } from "zod";

const MAX_SLUG_LENGTH = 100;

export const GetClubBySlugInput = z.object({ slug: z.string().min(1).max(MAX_SLUG_LENGTH) });

/** One of the user's own clubs, which their session already names. @throws `not_found` for anybody else's just as for none */
export const getClubBySlug = (user: SignedIn, raw: z.input<typeof GetClubBySlugInput>): ClubSummary => {
  const { slug } = GetClubBySlugInput.parse(raw);
  const club = user.clubs.find((own) => own.slug === slug);
  if (club === undefined) {
    throw notFound("club");
  }
  return club;
};
