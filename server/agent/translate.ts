import "server-only";

import { z } from "zod";

import { installedMind, type Mind } from "#server/agent/mind.ts";
import { TRANSLATION_PROMPT, TRANSLATION_PROMPT_VERSION, translationTask, TranslationSchema } from "#server/agent/prompts/translation.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { idSchema } from "#server/domain/ids.ts";
import { stripInvisible } from "#server/domain/text.ts";
import { keepsFigures, keepsLinks } from "#server/domain/translation-checks.ts";
import { languageName } from "#server/domain/translation.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadTranslatable, storeTranslation } from "#server/services/translations/store-translation.ts";

/** As long as one text message may be, translated: other languages take more room. */
const MAX_CHARACTERS = 4_000;
const MAX_REASON_CHARACTERS = 200;

export const TranslateMessageInput = z.object({ messageId: idSchema("message") });
export const PreviewTranslationInput = z.object({
  conversationId: idSchema("conversation"),
  text: z.string().trim().min(1).max(1_600),
  language: z.string().regex(/^[a-z]{2,3}$/),
});

/** `not_translated`: `reason` is the model's own sentence, or ours. */
export type Translated =
  | { readonly kind: "translated"; readonly language: string; readonly text: string }
  | { readonly kind: "not_translated"; readonly reason: string };

type Translator = Pick<Mind, "think" | "model">;

/** A member's message in the language of the club's staff: made once by the model, then read from where it is kept. @throws `not_found`, `precondition_failed` when the budget is spent */
export const translateMessage = async (
  ctx: ServiceContext,
  raw: z.input<typeof TranslateMessageInput>,
  mind: Translator = installedMind(),
): Promise<Translated> => {
  const { messageId } = TranslateMessageInput.parse(raw);
  const { known, language, model, text } = await loadTranslatable(ctx, { messageId });
  if (known !== null) {
    return { kind: "translated", language, text: known };
  }
  return translate(ctx, { text, language, model, messageId }, mind);
};

/** What a reply of staff would be in another language, exactly as it would be sent. Nothing is sent or kept. */
export const previewTranslation = async (
  ctx: ServiceContext,
  raw: z.input<typeof PreviewTranslationInput>,
  mind: Translator = installedMind(),
): Promise<Translated> => {
  const { conversationId, language, text } = PreviewTranslationInput.parse(raw);
  const { model } = await loadTranslatable(ctx, { conversationId });
  return translate(ctx, { text, language, model, messageId: null }, mind);
};

type Asked = { readonly text: string; readonly language: string; readonly model: string | null; readonly messageId: string | null };

const translate = async (ctx: ServiceContext, { language, messageId, model, text }: Asked, mind: Translator): Promise<Translated> => {
  const result = await mind.think({
    system: [{ text: TRANSLATION_PROMPT.text, isCached: false }],
    messages: [
      { role: "user", content: [untrusted("message", text), `<task>${translationTask(languageName(language))}</task>`].join("\n") },
    ],
    schema: TranslationSchema,
    model: model ?? mind.model,
    fairKey: ctx.clubId,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const answer = result.kind === "thought" ? read(text, result.value) : FAILED;
  await storeTranslation(ctx, {
    messageId,
    language,
    text: answer.kind === "translated" ? answer.text : null,
    turn: { ...turn, promptVersion: TRANSLATION_PROMPT_VERSION, errorKind: result.kind === "failed" ? result.failure.kind : null },
  });
  return answer.kind === "translated" ? { ...answer, language } : answer;
};

type Read = { readonly kind: "translated"; readonly text: string } | Extract<Translated, { kind: "not_translated" }>;

const FAILED = { kind: "not_translated", reason: "The model cannot be reached now." } as const;

/** What the model made, unless a figure or a link in it is not the one that was written. */
const read = (original: string, { isTranslated, text: raw }: z.infer<typeof TranslationSchema>): Read => {
  const text = stripInvisible(raw).trim().slice(0, MAX_CHARACTERS);
  if (!isTranslated || text === "") {
    return { kind: "not_translated", reason: text.slice(0, MAX_REASON_CHARACTERS) || "The model gave no translation." };
  }
  return keepsFigures(original, text) && keepsLinks(original, text)
    ? { kind: "translated", text }
    : { kind: "not_translated", reason: "The translation changed a number or a link, so it is not shown." };
};
