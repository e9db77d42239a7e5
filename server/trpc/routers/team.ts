import { createInvitation, CreateInvitationInput } from "#server/services/invitations/create-invitation.ts";
import { getTeam } from "#server/services/invitations/get-team.ts";
import { revokeInvitation, RevokeInvitationInput } from "#server/services/invitations/revoke-invitation.ts";
import { archiveAccess, ArchiveAccessInput } from "#server/services/users/archive-access.ts";
import { endAllSessions } from "#server/services/users/end-all-sessions.ts";
import { endSessions, EndSessionsInput } from "#server/services/users/end-sessions.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const teamRouter = router({
  get: clubProcedure.query(({ ctx }) => getTeam(ctx.service)),
  invite: clubProcedure.input(CreateInvitationInput).mutation(({ ctx, input }) => createInvitation(ctx.service, input)),
  revokeInvitation: clubProcedure.input(RevokeInvitationInput).mutation(({ ctx, input }) => revokeInvitation(ctx.service, input)),
  archiveAccess: clubProcedure.input(ArchiveAccessInput).mutation(({ ctx, input }) => archiveAccess(ctx.service, input)),
  endSessions: clubProcedure.input(EndSessionsInput).mutation(({ ctx, input }) => endSessions(ctx.service, input)),
  endMySessions: clubProcedure.mutation(({ ctx }) => endAllSessions(ctx.user, ctx.requestId)),
});
