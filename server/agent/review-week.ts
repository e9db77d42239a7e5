import "server-only";

import { installedMind, type Mind } from "#server/agent/mind.ts";
import { REVIEW_PROMPT, REVIEW_PROMPT_VERSION, REVIEW_TASK, ReviewSchema } from "#server/agent/prompts/review.ts";
import { untrusted } from "#server/agent/untrusted.ts";
import { usableRules, type ReviewItem } from "#server/domain/review.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { finishReview } from "#server/services/style-rules/finish-review.ts";
import { startReview } from "#server/services/style-rules/start-review.ts";

export type WeekReview = { readonly kind: "not_due" | "skipped" | "failed" | "done"; readonly ruleCount: number };

/**
 * The weekly look at what staff changed, by one call of the model. It only proposes: a rule holds from an owner's yes on.
 */
export const reviewWeek = async (ctx: ServiceContext, mind: Pick<Mind, "think" | "model"> = installedMind()): Promise<WeekReview> => {
  const review = await startReview(ctx);
  if (review.kind !== "claimed") {
    return { kind: review.kind, ruleCount: 0 };
  }
  const { existing, items, model, reviewId } = review;
  const result = await mind.think({
    system: [{ text: REVIEW_PROMPT.text, isCached: false }],
    messages: [
      {
        role: "user",
        content: [untrusted("rules", existing), untrusted("corrections", items.map(caseOf)), `<task>${REVIEW_TASK}</task>`].join("\n"),
      },
    ],
    schema: ReviewSchema,
    model: model ?? mind.model,
    fairKey: ctx.clubId,
  });
  const { tryCount: _tryCount, ...turn } = result.turn;
  const rules = result.kind === "thought" ? usableRules(result.value.rules, { items, existing }) : null;
  const errorKind = result.kind === "failed" ? result.failure.kind : null;
  const { ruleCount } = await finishReview(ctx, { reviewId, rules, turn: { ...turn, promptVersion: REVIEW_PROMPT_VERSION, errorKind } });
  return { kind: rules === null ? "failed" : "done", ruleCount };
};

const caseOf = ({ category, comment, draft, id, kind, score, sent }: ReviewItem) => ({ id, kind, category, draft, sent, score, comment });
