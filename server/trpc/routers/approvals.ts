import "server-only";

import { approve, ApproveInput, reject, RejectInput } from "#server/services/approvals/decide-approval.ts";
import { listApprovals } from "#server/services/approvals/list-approvals.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const approvalsRouter = router({
  list: clubProcedure.query(({ ctx }) => listApprovals(ctx.service)),
  approve: clubProcedure.input(ApproveInput).mutation(({ ctx, input }) => approve(ctx.service, input)),
  reject: clubProcedure.input(RejectInput).mutation(({ ctx, input }) => reject(ctx.service, input)),
});
