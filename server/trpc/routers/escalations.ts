import "server-only";

import { getEscalationRules } from "#server/services/escalations/get-rules.ts";
import { saveEscalationRules, SaveEscalationRulesInput } from "#server/services/escalations/save-rules.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

/** Who is told of a conversation that nobody takes. */
export const escalationsRouter = router({
  rules: clubProcedure.query(({ ctx }) => getEscalationRules(ctx.service)),
  saveRules: clubProcedure.input(SaveEscalationRulesInput).mutation(({ ctx, input }) => saveEscalationRules(ctx.service, input)),
});
