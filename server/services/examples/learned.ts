import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { ACCEPTED_MAX_COUNT } from "./limits.ts";

export type LearnedExample = { readonly id: string; readonly category: string; readonly question: string; readonly answer: string };

/** What an owner accepted: examples of answers, and rules of style in the order in which they were accepted. */
export type Learned = { readonly examples: readonly LearnedExample[]; readonly styleRules: readonly string[] };

const RULES_MAX_COUNT = 20;

export const learnedBy = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">): Promise<Learned> => {
  const examples = await tx.db.example.findMany({
    where: { clubId, status: "accepted" },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    take: ACCEPTED_MAX_COUNT,
    select: { id: true, category: true, question: true, answer: true },
  });
  const rules = await tx.db.styleRule.findMany({
    where: { clubId, status: "accepted" },
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    take: RULES_MAX_COUNT,
    select: { text: true },
  });
  return { examples, styleRules: rules.toReversed().map(({ text }) => text) };
};
