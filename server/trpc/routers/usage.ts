import "server-only";

import { modelCosts, ModelCostsInput } from "#server/services/agent-runs/model-costs.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const usageRouter = router({
  get: clubProcedure.input(ModelCostsInput).query(({ ctx, input }) => modelCosts(ctx.service, input)),
});
