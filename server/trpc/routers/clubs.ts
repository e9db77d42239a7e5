import "server-only";

import { NewClubFacts } from "#server/domain/club-facts.ts";
import { addClub } from "#server/services/clubs/add-club.ts";
import { changeClub, ChangeClubInput } from "#server/services/clubs/change-club.ts";
import { changeFranchise, ChangeFranchiseInput } from "#server/services/clubs/change-franchise.ts";
import { foundFranchise, FoundFranchiseInput } from "#server/services/clubs/found-franchise.ts";
import { getClubBySlug, GetClubBySlugInput } from "#server/services/clubs/get-club.ts";
import { getFranchise } from "#server/services/clubs/get-franchise.ts";
import { clubProcedure, router, userProcedure } from "#server/trpc/init.ts";
import { z } from "zod";

export const clubsRouter = router({
  mine: userProcedure.query(({ ctx }) => ctx.user.clubs),
  bySlug: userProcedure.input(GetClubBySlugInput).query(({ ctx, input }) => getClubBySlug(ctx.user, input)),
  found: userProcedure
    .input(FoundFranchiseInput)
    .mutation(({ ctx, input }) => foundFranchise(ctx.user, input, { requestId: ctx.requestId })),
  add: clubProcedure.input(z.object({ facts: NewClubFacts })).mutation(({ ctx, input }) => addClub(ctx.service, input.facts)),
  franchise: clubProcedure.query(({ ctx }) => getFranchise(ctx.service)),
  changeFranchise: clubProcedure.input(ChangeFranchiseInput).mutation(({ ctx, input }) => changeFranchise(ctx.service, input)),
  change: clubProcedure.input(ChangeClubInput).mutation(({ ctx, input }) => changeClub(ctx.service, input)),
});
