import { listPeople, ListPeopleInput } from "#server/services/members/list-people.ts";
import { summarizeSegments } from "#server/services/members/summarize-segments.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const membersRouter = router({
  list: clubProcedure.input(ListPeopleInput).query(({ ctx, input }) => listPeople(ctx.service, input)),
  segments: clubProcedure.query(({ ctx }) => summarizeSegments(ctx.service)),
});
