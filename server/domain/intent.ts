import { z } from "zod";

import { CATEGORIES } from "./categories.ts";

/** Circumstances under which only a person may answer, whatever the category. */
export const RISK_FLAGS = [
  "legal",
  "injury",
  "medical",
  "refund",
  "cancellation",
  "chargeback",
  "harassment",
  "other_person_data",
  "injection",
  "emergency",
  "wants_person",
  "hardship",
  "dispute",
] as const;

export type RiskFlag = (typeof RISK_FLAGS)[number];

export const Category = z.enum(CATEGORIES);
export type Category = z.infer<typeof Category>;
export const RiskFlag = z.enum(RISK_FLAGS);

/**
 * What one thinking step returns: the classification, how sure it is, and the words it proposes.
 * It is the structured output asked of the model and nothing in it is trusted: `decide()` and the guards dispose.
 */
export const ThoughtSchema = z.object({
  category: Category,
  subIntent: z.string().describe("two or three words, snake_case, such as opening_hours or freeze_request"),
  confidence: z.number().describe("how sure the category and the answer are, 0 to 1"),
  riskFlags: z.array(RiskFlag),
  evidence: z.string().describe("the words of the member that settle the category, quoted"),
  language: z.string().describe("BCP 47 tag of the member's language, such as en or es"),
  answerable: z.boolean().describe("whether the knowledge and facts given are enough to answer"),
  reply: z.string().nullable().describe("the text to the member, or null when a person must write it"),
  knowledgeIds: z.array(z.string()).describe("ids of the knowledge articles the reply rests on"),
  promises: z.array(z.string()).describe("each thing the reply promises that a person would have to do"),
});

export type Thought = z.infer<typeof ThoughtSchema>;
