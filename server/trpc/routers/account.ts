import "server-only";

import { changeName, ChangeNameInput } from "#server/services/users/change-name.ts";
import { changePassword, ChangePasswordInput } from "#server/services/users/change-password.ts";
import { changePin, ChangePinInput } from "#server/services/users/change-pin.ts";
import { getAccount } from "#server/services/users/get-account.ts";
import { router, userProcedure } from "#server/trpc/init.ts";

/** One's own sign-in, in whichever clubs it works. */
export const accountRouter = router({
  get: userProcedure.query(({ ctx }) => getAccount(ctx.user)),
  changeName: userProcedure.input(ChangeNameInput).mutation(({ ctx, input }) => changeName(ctx.user, input, ctx.requestId)),
  changePassword: userProcedure.input(ChangePasswordInput).mutation(({ ctx, input }) => changePassword(ctx.user, input, ctx.requestId)),
  changePin: userProcedure.input(ChangePinInput).mutation(({ ctx, input }) => changePin(ctx.user, input, { requestId: ctx.requestId })),
});
