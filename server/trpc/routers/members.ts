import { getPerson, GetPersonInput } from "#server/services/contacts/get-person.ts";
import { listTimeline, ListTimelineInput } from "#server/services/contacts/list-timeline.ts";
import { recordConsent, RecordConsentInput } from "#server/services/contacts/record-consent.ts";
import { listPeople, ListPeopleInput } from "#server/services/members/list-people.ts";
import { summarizeSegments } from "#server/services/members/summarize-segments.ts";
import { archiveFilter, ArchiveFilterInput } from "#server/services/saved-filters/archive-filter.ts";
import { listFilters } from "#server/services/saved-filters/list-filters.ts";
import { saveFilter, SaveFilterInput } from "#server/services/saved-filters/save-filter.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const membersRouter = router({
  list: clubProcedure.input(ListPeopleInput).query(({ ctx, input }) => listPeople(ctx.service, input)),
  person: clubProcedure.input(GetPersonInput).query(({ ctx, input }) => getPerson(ctx.service, input)),
  timeline: clubProcedure.input(ListTimelineInput).query(({ ctx, input }) => listTimeline(ctx.service, input)),
  recordConsent: clubProcedure.input(RecordConsentInput).mutation(({ ctx, input }) => recordConsent(ctx.service, input)),
  segments: clubProcedure.query(({ ctx }) => summarizeSegments(ctx.service)),
  filters: clubProcedure.query(({ ctx }) => listFilters(ctx.service)),
  saveFilter: clubProcedure.input(SaveFilterInput).mutation(({ ctx, input }) => saveFilter(ctx.service, input)),
  archiveFilter: clubProcedure.input(ArchiveFilterInput).mutation(({ ctx, input }) => archiveFilter(ctx.service, input)),
});
