import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { assertCan } from "#server/services/authorize.ts";

import { readKnown } from "./read-known.ts";
import { recallMeanings } from "./recall-meanings.ts";

/** Makes what a club knows ready before anybody asks, so that the first question of the day waits for nothing. */
export const learnArticles = async (ctx: ServiceContext): Promise<void> => {
  assertCan(ctx, "knowledge.search");
  const known = await withClub(ctx, (tx) => readKnown(tx, ctx), { fixedNow: ctx.fixedNow });
  await recallMeanings(ctx, { articles: known, isUrgent: false });
};
