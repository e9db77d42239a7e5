import "server-only";

import { getClubBySlug, GetClubBySlugInput } from "#server/services/clubs/get-club.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

export const clubsRouter = router({
  mine: userProcedure.query(({ ctx }) => ctx.user.clubs),
  bySlug: userProcedure.input(GetClubBySlugInput).query(({ ctx, input }) => getClubBySlug(ctx.user, input)),
});
