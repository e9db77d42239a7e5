import { linkExternalUser, LinkExternalUserInput } from "#server/services/external-users/link-external-user.ts";
import { listExternalUsers, ListExternalUsersInput } from "#server/services/external-users/list-external-users.ts";
import { unlinkExternalUser, UnlinkExternalUserInput } from "#server/services/external-users/unlink-external-user.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const externalUsersRouter = router({
  list: clubProcedure.input(ListExternalUsersInput).query(({ ctx, input }) => listExternalUsers(ctx.service, input)),
  link: clubProcedure.input(LinkExternalUserInput).mutation(({ ctx, input }) => linkExternalUser(ctx.service, input)),
  unlink: clubProcedure.input(UnlinkExternalUserInput).mutation(({ ctx, input }) => unlinkExternalUser(ctx.service, input)),
});
