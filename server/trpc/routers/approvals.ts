import "server-only";

import { approveDrafts, ApproveDraftsInput } from "#server/services/approvals/approve-drafts.ts";
import { approve, ApproveInput, reject, RejectInput } from "#server/services/approvals/decide-approval.ts";
import { listDecided, ListDecidedInput } from "#server/services/approvals/list-decided.ts";
import { listApprovals } from "#server/services/approvals/list-approvals.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const approvalsRouter = router({
  list: clubProcedure.query(({ ctx }) => listApprovals(ctx.service)),
  decided: clubProcedure.input(ListDecidedInput).query(({ ctx, input }) => listDecided(ctx.service, input)),
  approveDrafts: clubProcedure.input(ApproveDraftsInput).mutation(({ ctx, input }) => approveDrafts(ctx.service, input)),
  approve: clubProcedure.input(ApproveInput).mutation(({ ctx, input }) => approve(ctx.service, input)),
  reject: clubProcedure.input(RejectInput).mutation(({ ctx, input }) => reject(ctx.service, input)),
});
