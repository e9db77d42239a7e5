import "server-only";

import { askQuestion, AskQuestionInput } from "#server/services/ask/ask-question.ts";
import { decideAskCall, DecideAskCallInput } from "#server/services/ask/decide-ask-call.ts";
import { getAskThread } from "#server/services/ask/get-ask-thread.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const askRouter = router({
  thread: clubProcedure.query(({ ctx }) => getAskThread(ctx.service)),
  ask: clubProcedure.input(AskQuestionInput).mutation(({ ctx, input }) => askQuestion(ctx.service, input)),
  decide: clubProcedure.input(DecideAskCallInput).mutation(({ ctx, input }) => decideAskCall(ctx.service, input)),
});
