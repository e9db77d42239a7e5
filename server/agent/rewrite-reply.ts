import "server-only";

import { z } from "zod";

import { installedMind, type Mind } from "#server/agent/mind.ts";
import { REWRITE_PROMPT, REWRITE_PROMPT_VERSION, REWRITE_TASKS, RewriteSchema } from "#server/agent/prompts/rewrite.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { idSchema } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { keepsFigures, keepsLinks } from "#server/domain/translation-checks.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { recordRewrite } from "#server/services/translations/record-rewrite.ts";
import { loadTranslatable } from "#server/services/translations/store-translation.ts";

/** What one text message may carry. */
const MAX_CHARACTERS = 1_600;
const MAX_REASON_CHARACTERS = 200;

export const RewriteReplyInput = z.object({
  conversationId: idSchema("conversation"),
  text: z.string().trim().min(1).max(MAX_CHARACTERS),
  wish: z.enum(["shorter", "friendlier"]),
});

/** `not_rewritten`: `reason` is the model's own sentence, or ours. */
export type Rewritten = { readonly kind: "rewritten"; readonly text: string } | { readonly kind: "not_rewritten"; readonly reason: string };

/** What staff wrote, in other words, for them to look at. Nothing is sent or kept. @throws `not_found`, `precondition_failed` when the budget is spent */
export const rewriteReply = async (
  ctx: ServiceContext,
  raw: z.input<typeof RewriteReplyInput>,
  mind: Pick<Mind, "think" | "model"> = installedMind(),
): Promise<Rewritten> => {
  const { conversationId, text, wish } = RewriteReplyInput.parse(raw);
  const { model } = await loadTranslatable(ctx, { conversationId });
  const result = await mind.think({
    system: [{ text: REWRITE_PROMPT.text, isCached: false }],
    messages: [{ role: "user", content: [untrusted("message", text), `<task>${REWRITE_TASKS[wish]}</task>`].join("\n") }],
    schema: RewriteSchema,
    model: model ?? mind.model,
    fairKey: ctx.clubId,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const errorKind = result.kind === "failed" ? result.failure.kind : null;
  await recordRewrite(ctx, { conversationId, turn: { ...turn, promptVersion: REWRITE_PROMPT_VERSION, errorKind } });
  return result.kind === "thought" ? read(text, result.value) : { kind: "not_rewritten", reason: "The model cannot be reached now." };
};

/** What the model made, unless a figure or a link in it is not the one that was written. */
const read = (original: string, { isRewritten, text: raw }: z.infer<typeof RewriteSchema>): Rewritten => {
  const text = stripInvisible(raw).trim();
  if (!isRewritten || text === "" || text.length > MAX_CHARACTERS) {
    return { kind: "not_rewritten", reason: text.slice(0, MAX_REASON_CHARACTERS) || "The model gave no other words." };
  }
  return keepsFigures(original, text) && keepsLinks(original, text)
    ? { kind: "rewritten", text }
    : { kind: "not_rewritten", reason: "The other words changed a number or a link, so they are not shown." };
};
