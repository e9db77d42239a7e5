import "server-only";

import type { z } from "zod";

import { FAILURE_REASONS } from "#server/agent/failure-reasons.ts";
import { installedMind, type Mind } from "#server/agent/mind.ts";
import { QUESTIONS_PROMPT, QUESTIONS_PROMPT_VERSION, QUESTIONS_TASK, QuestionsSchema } from "#server/agent/prompts/questions.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import { ArticleContent } from "#server/domain/knowledge.ts";
import { sentencesToAsk, usableQuestions } from "#server/domain/suggested-questions.ts";
import { stripInvisible } from "#server/domain/text.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { loadForQuestions, recordSuggestion, type KnownText } from "#server/services/knowledge/suggested-questions.ts";
import { ArticleInput } from "#server/services/knowledge/schemas.ts";

/** Of the club's texts only so much goes along whole; of the rest the titles. Some ten thousand tokens. */
const KNOWLEDGE_MAX_CHARACTERS = 40_000;
const MAX_REMARK_CHARACTERS = 200;

/** The text as it stands in the form, saved or not. */
export const SuggestQuestionsInput = ArticleInput.extend({
  title: ArticleContent.shape.title,
  body: ArticleContent.shape.body,
  asked: ArticleContent.shape.asked,
});

export type SuggestedQuestions =
  | {
      readonly kind: "suggested";
      readonly questions: readonly AskedQuestion[];
      /** The model's own sentence to the person; empty = none. */
      readonly remark: string;
      /** Sentences without a question that were not asked about this time. */
      readonly leftCount: number;
    }
  /** `reason` is ours, or the model's own sentence. */
  | { readonly kind: "not_suggested"; readonly reason: string };

/**
 * Ways members may ask for an article, and what they may ask beside it, for a person to look through. Nothing is kept.
 * @throws `not_found`, `forbidden` for an article of the franchise, `precondition_failed` when the budget is spent
 */
export const suggestQuestions = async (
  ctx: ServiceContext,
  raw: z.input<typeof SuggestQuestionsInput>,
  mind: Pick<Mind, "think" | "model"> = installedMind(),
): Promise<SuggestedQuestions> => {
  const { articleId, asked, body, title } = SuggestQuestionsInput.parse(raw);
  const { facts, known, model } = await loadForQuestions(ctx, { articleId });
  const { leftCount, sentences } = sentencesToAsk({ body, asked });
  if (sentences.length === 0) {
    return { kind: "not_suggested", reason: "There is no text to ask for yet." };
  }
  const result = await mind.think({
    system: [
      { text: QUESTIONS_PROMPT.text, isCached: false },
      { text: untrusted("club_knowledge", within(known)), isCached: true },
    ],
    messages: [
      {
        role: "user",
        content: [
          untrusted("article", { title, sentences, facts }),
          untrusted(
            "asked",
            asked.map(({ text }) => text),
          ),
          `<task>${QUESTIONS_TASK}</task>`,
        ].join("\n"),
      },
    ],
    schema: QuestionsSchema,
    model: model ?? mind.model,
    fairKey: ctx.clubId,
    isLong: true,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const questions = result.kind === "thought" ? usableQuestions(result.value, { asked, sentences }) : [];
  const errorKind = result.kind === "failed" ? result.failure.kind : null;
  await recordSuggestion(ctx, {
    articleId,
    questionCount: questions.length,
    turn: { ...turn, promptVersion: QUESTIONS_PROMPT_VERSION, errorKind },
  });
  if (result.kind !== "thought") {
    return { kind: "not_suggested", reason: result.kind === "failed" ? FAILURE_REASONS[result.failure.kind] : FAILURE_REASONS.malformed };
  }
  const remark = stripInvisible(result.value.remark).replace(/\s+/gu, " ").trim().slice(0, MAX_REMARK_CHARACTERS);
  return questions.length === 0
    ? { kind: "not_suggested", reason: remark || "Spotter found no question that is not here already." }
    : { kind: "suggested", questions, remark, leftCount };
};

/** The same for every article of a club, so that the model's service remembers it from one to the next. */
const within = (known: readonly KnownText[]): readonly KnownText[] => {
  let left = KNOWLEDGE_MAX_CHARACTERS;
  return known.map(({ body, title }) => {
    left -= title.length + body.length;
    return left >= 0 ? { title, body } : { title, body: "" };
  });
};
