import "server-only";

import { connectSandbox } from "#server/services/connections/connect-sandbox.ts";
import { getFirstRun } from "#server/services/first-run/get-first-run.ts";
import { settleStep, SettleStepInput } from "#server/services/first-run/settle-step.ts";
import { answerQuestion, AnswerQuestionInput } from "#server/services/knowledge/answer-question.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const firstRunRouter = router({
  get: clubProcedure.query(({ ctx }) => getFirstRun(ctx.service)),
  connectSandbox: clubProcedure.mutation(({ ctx }) => connectSandbox(ctx.service)),
  answer: clubProcedure.input(AnswerQuestionInput).mutation(({ ctx, input }) => answerQuestion(ctx.service, input)),
  settle: clubProcedure.input(SettleStepInput).mutation(({ ctx, input }) => settleStep(ctx.service, input)),
});
