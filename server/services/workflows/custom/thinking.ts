import { z } from "zod";

/** How the thinking about a task ended, where it was not by the model's own last words. */
const TASK_ENDS = [
  "fact_lock",
  "token_budget",
  "cost_budget",
  "round_limit",
  "going_in_circles",
  "club_budget_spent",
  "model_failed",
] as const;
export type TaskEnd = (typeof TASK_ENDS)[number];

/** Stored with the run once its task is thought out. */
export const Thinking = z.object({
  end: z.enum(TASK_ENDS).nullable(),
  /** What the model says about it, with handles for people; null where it said nothing that may be shown. */
  words: z.string().nullable(),
  /** Figures and days of its words that no result holds. */
  heldSpans: z.array(z.string()),
});
export type Thinking = z.infer<typeof Thinking>;
