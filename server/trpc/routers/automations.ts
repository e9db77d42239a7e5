import "server-only";

import { listAutomations } from "#server/services/automations/list-automations.ts";
import { reviewAutomation, ReviewAutomationInput } from "#server/services/automations/review-automation.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const automationsRouter = router({
  list: clubProcedure.query(({ ctx }) => listAutomations(ctx.service)),
  review: clubProcedure.input(ReviewAutomationInput).mutation(({ ctx, input }) => reviewAutomation(ctx.service, input)),
});
