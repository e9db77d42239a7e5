import "server-only";

import { acceptOffer, declineOffer, OfferInput } from "#server/services/autonomy/decide-offer.ts";
import { getAutonomy } from "#server/services/autonomy/get-autonomy.ts";
import { acceptExample, ExampleInput, rejectExample, withdrawExample } from "#server/services/examples/decide-example.ts";
import { listExamples } from "#server/services/examples/list-examples.ts";
import { getSatisfaction } from "#server/services/satisfaction/get-satisfaction.ts";
import { acceptRule, rejectRule, StyleRuleInput, withdrawRule } from "#server/services/style-rules/decide-rule.ts";
import { listRules } from "#server/services/style-rules/list-rules.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const learningRouter = router({
  satisfaction: clubProcedure.query(({ ctx }) => getSatisfaction(ctx.service)),
  autonomy: clubProcedure.query(({ ctx }) => getAutonomy(ctx.service)),
  acceptOffer: clubProcedure.input(OfferInput).mutation(({ ctx, input }) => acceptOffer(ctx.service, input)),
  declineOffer: clubProcedure.input(OfferInput).mutation(({ ctx, input }) => declineOffer(ctx.service, input)),
  examples: clubProcedure.query(({ ctx }) => listExamples(ctx.service)),
  acceptExample: clubProcedure.input(ExampleInput).mutation(({ ctx, input }) => acceptExample(ctx.service, input)),
  rejectExample: clubProcedure.input(ExampleInput).mutation(({ ctx, input }) => rejectExample(ctx.service, input)),
  withdrawExample: clubProcedure.input(ExampleInput).mutation(({ ctx, input }) => withdrawExample(ctx.service, input)),
  rules: clubProcedure.query(({ ctx }) => listRules(ctx.service)),
  acceptRule: clubProcedure.input(StyleRuleInput).mutation(({ ctx, input }) => acceptRule(ctx.service, input)),
  rejectRule: clubProcedure.input(StyleRuleInput).mutation(({ ctx, input }) => rejectRule(ctx.service, input)),
  withdrawRule: clubProcedure.input(StyleRuleInput).mutation(({ ctx, input }) => withdrawRule(ctx.service, input)),
});
