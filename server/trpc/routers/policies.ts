import "server-only";

import { confidenceHistogram } from "#server/services/policies/confidence-histogram.ts";
import { driftReport } from "#server/services/policies/drift-report.ts";
import { getPolicySettings } from "#server/services/policies/get-policy-settings.ts";
import { listPolicyVersions, ListPolicyVersionsInput } from "#server/services/policies/list-policy-versions.ts";
import { previewPush, PreviewPushInput } from "#server/services/policies/preview-push.ts";
import { publishPolicy, PublishPolicyInput } from "#server/services/policies/publish-policy.ts";
import { replayPolicy, ReplayPolicyInput } from "#server/services/policies/replay-policy.ts";
import { rollBackPolicy, RollBackPolicyInput } from "#server/services/policies/roll-back-policy.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const policiesRouter = router({
  get: clubProcedure.query(({ ctx }) => getPolicySettings(ctx.service)),
  versions: clubProcedure.input(ListPolicyVersionsInput).query(({ ctx, input }) => listPolicyVersions(ctx.service, input)),
  histogram: clubProcedure.query(({ ctx }) => confidenceHistogram(ctx.service)),
  drift: clubProcedure.query(({ ctx }) => driftReport(ctx.service)),
  // The two that try something write nothing. A document is too long for an address, so they are posted.
  replay: clubProcedure.input(ReplayPolicyInput).mutation(({ ctx, input }) => replayPolicy(ctx.service, input)),
  previewPush: clubProcedure.input(PreviewPushInput).mutation(({ ctx, input }) => previewPush(ctx.service, input)),
  publish: clubProcedure.input(PublishPolicyInput).mutation(({ ctx, input }) => publishPolicy(ctx.service, input)),
  rollBack: clubProcedure.input(RollBackPolicyInput).mutation(({ ctx, input }) => rollBackPolicy(ctx.service, input)),
});
