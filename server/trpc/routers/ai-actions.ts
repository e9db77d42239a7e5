import "server-only";

import { getPrompt, GetPromptInput } from "#server/services/agent-runs/get-prompt.ts";
import { getRun, GetRunInput } from "#server/services/agent-runs/get-run.ts";
import { listActions, ListActionsInput } from "#server/services/ai-actions/list-actions.ts";
import { verifyLedger } from "#server/services/ai-actions/verify-ledger.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const aiActionsRouter = router({
  run: clubProcedure.input(GetRunInput).query(({ ctx, input }) => getRun(ctx.service, input)),
  prompt: clubProcedure.input(GetPromptInput).query(({ ctx, input }) => getPrompt(ctx.service, input)),
  list: clubProcedure.input(ListActionsInput).query(({ ctx, input }) => listActions(ctx.service, input)),
  verify: clubProcedure.query(({ ctx }) => verifyLedger(ctx.service)),
});
