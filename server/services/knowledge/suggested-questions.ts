import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { recordTurn, type TurnRecord } from "#server/services/agent-runs/record-turn.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { readArticle } from "./internal.ts";
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

/**
 * What questions for an article are looked for in. Whoever may not change the article may not ask either.
 * @throws `not_found`, `forbidden`, `precondition_failed` when another call would exceed the club's budget
 */
export const loadForQuestions = async (ctx: ServiceContext, { articleId }: Which): Promise<ForQuestions> => {
  assertCan(ctx, "knowledge.write");
  return withClub(
    ctx,
    async (tx) => {
      const article = await readArticle(tx, ctx, articleId);
      if (article.clubId === null) {
        assertCan(ctx, "knowledge.share");
      }
      const { policy } = await resolvedPolicy(tx, ctx);
      if (await isBudgetSpent(tx, ctx, policy)) {
        throw new DomainError("precondition_failed", "today's budget for the model is spent");
      }
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const known = await knownToday(tx, ctx, { policy, timeZone });
      return {
        facts: article.facts.map(({ label, value }) => `${label}: ${value}`),
        known: known.map(({ body, title }) => ({ title, body })),
        model: policy.models.agent,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
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
