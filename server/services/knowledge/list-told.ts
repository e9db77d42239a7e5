import "server-only";

import type { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readArticle } from "./internal.ts";
import { ArticleInput } from "./schemas.ts";
import { toldOf, type Told } from "./told.ts";

/** Who was told something out of an article in the last seven days: in which conversation, when, and in which words. */
export const listTold = async (ctx: ServiceContext, raw: z.input<typeof ArticleInput>): Promise<readonly Told[]> => {
  assertCan(ctx, "knowledge.read");
  const { articleId } = ArticleInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      await readArticle(tx, ctx, articleId);
      return toldOf(tx, ctx, articleId);
    },
    { fixedNow: ctx.fixedNow },
  );
};
