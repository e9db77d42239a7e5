import "server-only";

import { newestTurns, withinBudget } from "#server/agent/compose-prompt.ts";
import { MEMORY_TURN_MAX_CHARACTERS, SUMMARY_INPUT_MAX_TOKENS, SUMMARY_MAX_CHARACTERS, SUMMARY_MIN_TURNS } from "#server/agent/limits.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import { SUMMARY_PROMPT, SUMMARY_PROMPT_VERSION, SUMMARY_TASK, SummarySchema } from "#server/agent/prompts/summary.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { PromptMessage } from "#server/platform/model-client.ts";
import { TURN_COUNT } from "#server/services/agent-runs/load-situation.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadUnsummarised, type Unsummarised } from "#server/services/conversations/load-unsummarised.ts";
import { storeSummary } from "#server/services/conversations/store-summary.ts";

type Turns = Unsummarised["turns"];

/**
 * Once enough turns no longer fit a prompt, they are told in a few sentences, by one call of the model. What fails here
 * costs nobody an answer: the next message tries again.
 */
export const summariseConversation = async (
  ctx: ServiceContext,
  { conversationId }: { readonly conversationId: string },
  mind: Pick<Mind, "think" | "model"> = installedMind(),
): Promise<"not_needed" | "stored" | "failed"> => {
  const known = await loadUnsummarised(ctx, { conversationId });
  const fallen = known === null ? [] : fallenOut(known.turns);
  const last = fallen.at(-1);
  if (known === null || last === undefined || fallen.length < SUMMARY_MIN_TURNS) {
    return "not_needed";
  }
  const result = await mind.think({
    system: [{ text: SUMMARY_PROMPT.text, isCached: true }],
    messages: [messageOf(known.summary, fallen)],
    schema: SummarySchema,
    model: known.model ?? mind.model,
    fairKey: ctx.clubId,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const text = result.kind === "thought" ? stripInvisible(result.value.summary).trim().slice(0, SUMMARY_MAX_CHARACTERS) : "";
  const isStored = await storeSummary(ctx, {
    conversationId,
    fromSequence: known.summarySequence,
    summary: text === "" ? null : { text, sequence: last.sequence },
    turn: { ...turn, promptVersion: SUMMARY_PROMPT_VERSION, errorKind: result.kind === "failed" ? result.failure.kind : null },
  });
  return isStored ? "stored" : "failed";
};

/** What the next prompt would not show word for word. */
const fallenOut = (turns: Turns): Turns => turns.slice(0, turns.length - newestTurns(turns.slice(-TURN_COUNT)).length);

const messageOf = (summary: string, fallen: Turns): PromptMessage => {
  const shown = withinBudget(fallen.map((turn) => ({ ...turn, text: turn.text.slice(0, MEMORY_TURN_MAX_CHARACTERS) })).toReversed(), {
    sizeOf: ({ text }) => text.length,
    maxTokens: SUMMARY_INPUT_MAX_TOKENS,
    atLeast: SUMMARY_MIN_TURNS,
  }).toReversed();
  return {
    role: "user",
    content: [
      ...(summary === "" ? [] : [untrusted("earlier_summary", summary)]),
      untrusted(
        "conversation",
        shown.map(({ at, from, text }) => ({ from, at: at.toISOString(), text })),
      ),
      `<task>${SUMMARY_TASK}</task>`,
    ].join("\n"),
  };
};
