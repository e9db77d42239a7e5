import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { z } from "zod";

import type { SentenceTranslation } from "#server/domain/article-translations.ts";
import type { AskedQuestion } from "#server/domain/asked-questions.ts";
import { Category, RiskFlag } from "#server/domain/intent.ts";
import { OUTCOMES } from "#server/domain/reasons.ts";
import { withAsked, withoutAsked } from "../knowledge/asked.ts";
import { withSpanish } from "../knowledge/translated.ts";

const GOLDEN_DIR = path.join(import.meta.dirname, "..", "golden");

const Member = z.strictObject({
  kind: z.enum(["member", "prospect", "unknown"]),
  firstName: z.string().optional(),
  binding: z.enum(["bound", "shared", "unknown"]).default("unknown"),
  status: z.string().optional(),
  balanceMinor: z.string().nullable().optional(),
  lastVisitOn: z.string().nullable().optional(),
  membershipType: z.string().nullable().optional(),
});

const Expectation = z.strictObject({
  category: Category,
  acceptableCategories: z.array(Category).optional(),
  subIntent: z.string().optional(),
  riskFlags: z.array(RiskFlag).default([]),
  language: z.string().optional(),
  outcome: z.array(z.enum(OUTCOMES)).min(1),
  mustEscalate: z.boolean().default(false),
  mayAutoAnswer: z.boolean().default(false),
  isSimpleQuestion: z.boolean().default(false),
  optOut: z.boolean().default(false),
  mustContain: z.array(z.string()).optional(),
  mustNotContain: z.array(z.string()).optional(),
  unanswerable: z.boolean().optional(),
});

const Conversation = z.strictObject({
  id: z.string(),
  club: z.enum(["gym", "golf"]),
  member: Member,
  turns: z.array(z.strictObject({ from: z.enum(["contact", "staff", "agent"]), text: z.string() })).min(1),
  expect: Expectation,
});

const Article = z.looseObject({ id: z.string(), title: z.string(), body: z.string() });

export type GoldenConversation = z.infer<typeof Conversation>;
export type GoldenArticle = Pick<z.infer<typeof Article>, "id" | "title" | "body"> & {
  readonly asked?: readonly AskedQuestion[];
  readonly translations?: readonly SentenceTranslation[];
};
export type Golden = {
  readonly conversations: readonly GoldenConversation[];
  readonly knowledge: Readonly<Record<GoldenConversation["club"], readonly GoldenArticle[]>>;
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(GOLDEN_DIR, file), "utf8"));

/** The golden conversations of all themes, with the knowledge of the two invented clubs. @throws ZodError on a malformed file */
export const readGolden = (): Golden => {
  const files = readdirSync(GOLDEN_DIR).filter((file) => file.endsWith(".json") && !file.startsWith("knowledge-"));
  return {
    conversations: files.toSorted().flatMap((file) => z.array(Conversation).parse(readJson(file))),
    knowledge: {
      gym: readKnowledge("knowledge-gym"),
      golf: readKnowledge("knowledge-golf"),
    },
  };
};

/** With the questions that "Suggest many" brings, and with all of it translated. */
const readKnowledge = (name: string): readonly GoldenArticle[] =>
  withSpanish(withAsked(z.array(Article).parse(readJson(`${name}.json`)), name, ["asked", "asked-more"]), name);

/** The same knowledge before anybody wrote down how members ask for it. */
export const bareKnowledge = ({ golf, gym }: Golden["knowledge"]): Golden["knowledge"] => ({
  gym: withoutAsked(gym),
  golf: withoutAsked(golf),
});
