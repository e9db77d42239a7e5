import "server-only";

import type { Tool } from "#server/agent/tools/define-tool.ts";
import { checkCall } from "#server/agent/tools/check-call.ts";
import { CONVERSATION_TOOLS } from "#server/agent/tools/registry.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { answerToolCall, findWaitingToolCall, type ToolAnswer } from "#server/services/agent-runs/answer-tool-call.ts";
import { loadToolRun } from "#server/services/agent-runs/load-tool-run.ts";
import { isVendorFailure } from "#server/services/connections/vendor-failure.ts";
import type { ServiceContext } from "#server/services/context.ts";

type Input = { readonly runId: Id<"agentRun">; readonly toolCallId: Id<"toolCall"> };

/** Runs one request of the model and stores what it brought. What was answered already is left alone. */
export const runToolCall = async (
  ctx: ServiceContext,
  { runId, toolCallId }: Input,
  tools: readonly Tool[] = CONVERSATION_TOOLS,
): Promise<void> => {
  const call = await findWaitingToolCall(ctx, { runId, toolCallId });
  const facts = call === null ? null : await loadToolRun(ctx, { runId });
  if (call === null || facts === null) {
    return;
  }
  const checked = checkCall(tools, call, facts);
  const answer: Omit<ToolAnswer, "toolCallId"> =
    checked.kind === "refused"
      ? { outcome: "refused", result: { error: checked.error } }
      : await perform(() => checked.tool.run({ ctx, toolCallId, facts }, checked.input), { name: call.name, clubId: ctx.clubId });
  await answerToolCall(ctx, { toolCallId, ...answer });
};

type Log = { readonly name: string; readonly clubId: string };

/** A refusal of a verb is an answer as well; only what nobody foresaw is logged as an error. */
const perform = async (run: () => Promise<object>, { name, clubId }: Log): Promise<Omit<ToolAnswer, "toolCallId">> => {
  try {
    return { outcome: "done", result: JSON.parse(JSON.stringify(await run())) };
  } catch (error) {
    if (error instanceof DomainError) {
      return { outcome: "refused", result: { error: error.message } };
    }
    if (isVendorFailure(error)) {
      log.warn({ err: error, clubId, tool: name }, "a tool could not reach its vendor");
      return { outcome: "failed", result: { error: "the club's system cannot be reached just now" } };
    }
    log.error({ err: error, clubId, tool: name }, "a tool broke");
    return { outcome: "failed", result: { error: "that did not work" } };
  }
};
