import "server-only";

import { z } from "zod";

import { encode } from "#server/platform/sentence-encoder.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { articlesAbout } from "#server/understanding/answer-from.ts";

import { QUESTION_MAX_CHARACTERS } from "./limits.ts";
import { readKnown } from "./read-known.ts";
import { recallMeanings } from "./recall-meanings.ts";

export const SearchKnownInput = z.object({
  question: z.string().trim().min(1).max(QUESTION_MAX_CHARACTERS),
  limit: z.int().min(1).max(5),
});

/** Articles that speak of what is asked, as they are valid today, best first; empty where the knowledge does not say. */
export const searchKnown = async (
  ctx: ServiceContext,
  raw: z.input<typeof SearchKnownInput>,
): Promise<readonly { readonly title: string; readonly body: string }[]> => {
  assertCan(ctx, "knowledge.search");
  const { limit, question } = SearchKnownInput.parse(raw);
  const known = await withClub(ctx, (tx) => readKnown(tx, ctx), { fixedNow: ctx.fixedNow });
  const found = await articlesAbout(question, { articles: await recallMeanings(ctx, { articles: known }), encode });
  return found.slice(0, limit).map(({ body, title }) => ({ title, body }));
};
