import "server-only";

import { ASK_TOOLS } from "#server/agent/ask/ask-tools.ts";
import { openClubRun } from "#server/agent/tools/club-tools/open-club-run.ts";
import { runClubTool } from "#server/agent/tools/club-tools/run-club-tool.ts";
import { firstNamesOnly } from "#server/domain/person-handles.ts";
import { answerAskCall, findWaitingAskCall } from "#server/services/ask/answer-ask-call.ts";
import type { ServiceContext } from "#server/services/context.ts";

/**
 * Runs one request and stores what it brought. What was answered already is left alone; run twice, a deed is the same deed,
 * because its key is the request's. Nothing is done without a person here: lookups run, and deeds become questions.
 */
export const runAskCall = async (ctx: ServiceContext, { callId }: { readonly callId: string }): Promise<void> => {
  const call = await findWaitingAskCall(ctx, { callId });
  if (call === null) {
    return;
  }
  if (!call.mayAsk) {
    await answerAskCall(ctx, { callId, outcome: "refused", result: { error: "whoever asked may not ask any more" } });
    return;
  }
  const acting: ServiceContext = { ...ctx, actor: { kind: "workflow", runId: call.turnId } };
  const run = await openClubRun(acting, { id: call.threadId, isDryRun: false, mayAlone: "read", callCounts: call.callCounts });
  const { outcome, result } = await runClubTool(acting, {
    run,
    request: { id: call.id, name: call.name, arguments: call.arguments },
    tools: ASK_TOOLS,
  });
  await answerAskCall(ctx, { callId, outcome, result: firstNamesOnly(result) });
};
