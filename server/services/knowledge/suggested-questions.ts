import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { loadForModel } from "./article-for-model.ts";
import { knownToday } from "./known-today.ts";

type Which = { readonly articleId: Id<"knowledgeArticle"> };

export type KnownText = { readonly title: string; readonly body: string };

type ForQuestions = {
  /** Of the article itself, as they are stored. */
  readonly facts: readonly string[];
  /** All that the club may say today. */
  readonly known: readonly KnownText[];
  /** The model the club chose; null = the installation's. */
  readonly model: string | null;
};

/** What questions for an article are looked for in. @throws as `loadForModel` */
export const loadForQuestions = async (ctx: ServiceContext, which: Which): Promise<ForQuestions> => {
  assertCan(ctx, "knowledge.write");
  return loadForModel(ctx, which, async (tx, { article, policy }) => {
    const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
    const known = await knownToday(tx, ctx, { policy, timeZone });
    return {
      facts: article.facts.map(({ label, value }) => `${label}: ${value}`),
      known: known.map(({ body, title }) => ({ title, body })),
      model: policy.models.agent,
    };
  });
};

type Suggested = Which & { readonly questionCount: number; readonly turn: TurnRecord };

/** What a suggestion cost; the questions are kept with the article once a person saves them. */
export const recordSuggestion = async (ctx: ServiceContext, { articleId, questionCount, turn }: Suggested): Promise<void> => {
  assertCan(ctx, "knowledge.write");
  await inTransaction(ctx, async (tx) => {
    await recordTurn(tx, ctx, { runId: null, purpose: "questions", turn });
    await recordAudit(tx, ctx, { action: "questions.suggested", entityId: articleId, details: { questionCount } });
  });
};
