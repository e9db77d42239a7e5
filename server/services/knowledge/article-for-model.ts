import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import type { Policy } from "#server/domain/policy.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { isBudgetSpent } from "#server/services/agent-runs/budget-spent.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

import { readArticle, type ArticleRow } from "./internal.ts";

type Which = { readonly articleId: Id<"knowledgeArticle"> };
type Found = { readonly article: ArticleRow; readonly policy: Policy };

/**
 * An article that the model is to write something for. Whoever may not change the article may not have that done either.
 * @throws `not_found`, `forbidden`, `precondition_failed` when another call would exceed the club's budget
 */
export const loadForModel = async <Result>(
  ctx: ServiceContext,
  { articleId }: Which,
  read: (tx: Tx, found: Found) => Result | Promise<Result>,
): Promise<Result> => {
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
      return read(tx, { article, policy });
    },
    { fixedNow: ctx.fixedNow },
  );
};
