import { placeExemption, PlaceExemptionInput } from "#server/services/access/place-exemption.ts";
import { unlockMember, UnlockMemberInput } from "#server/services/access/unlock-member.ts";
import { listCases, ListCasesInput } from "#server/services/collections/list-cases.ts";
import { getDebt, GetDebtInput } from "#server/services/past-due/get-debt.ts";
import { listPastDue, ListPastDueInput } from "#server/services/past-due/list-past-due.ts";
import { logCall, LogCallInput } from "#server/services/past-due/log-call.ts";
import { notePromise, NotePromiseInput } from "#server/services/past-due/note-promise.ts";
import { placeHold, PlaceHoldInput } from "#server/services/past-due/place-hold.ts";
import { releaseHold, ReleaseHoldInput } from "#server/services/past-due/release-hold.ts";
import { remindNow, RemindNowInput } from "#server/services/past-due/remind-now.ts";
import { withdrawPromise, WithdrawPromiseInput } from "#server/services/past-due/withdraw-promise.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const pastDueRouter = router({
  list: clubProcedure.input(ListPastDueInput).query(({ ctx, input }) => listPastDue(ctx.service, input)),
  get: clubProcedure.input(GetDebtInput).query(({ ctx, input }) => getDebt(ctx.service, input)),
  cases: clubProcedure.input(ListCasesInput).query(({ ctx, input }) => listCases(ctx.service, input)),
  notePromise: clubProcedure.input(NotePromiseInput).mutation(({ ctx, input }) => notePromise(ctx.service, input)),
  withdrawPromise: clubProcedure.input(WithdrawPromiseInput).mutation(({ ctx, input }) => withdrawPromise(ctx.service, input)),
  placeHold: clubProcedure.input(PlaceHoldInput).mutation(({ ctx, input }) => placeHold(ctx.service, input)),
  releaseHold: clubProcedure.input(ReleaseHoldInput).mutation(({ ctx, input }) => releaseHold(ctx.service, input)),
  logCall: clubProcedure.input(LogCallInput).mutation(({ ctx, input }) => logCall(ctx.service, input)),
  remindNow: clubProcedure.input(RemindNowInput).mutation(({ ctx, input }) => remindNow(ctx.service, input)),
  placeExemption: clubProcedure.input(PlaceExemptionInput).mutation(({ ctx, input }) => placeExemption(ctx.service, input)),
  unlockMember: clubProcedure.input(UnlockMemberInput).mutation(({ ctx, input }) => unlockMember(ctx.service, input)),
});
