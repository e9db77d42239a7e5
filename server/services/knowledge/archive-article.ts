import "server-only";

import type { z } from "zod";

import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle, type ChangedArticle } from "./change-article.ts";
import { VersionedInput } from "./schemas.ts";

/** Spotter says nothing of it any more; it can be published again. */
export const archiveArticle = async (ctx: ServiceContext, raw: z.input<typeof VersionedInput>): Promise<ChangedArticle> => {
  assertCan(ctx, "knowledge.write");
  const input = VersionedInput.parse(raw);
  return changeArticle(ctx, { ...input, permission: "knowledge.write", action: "article.archived", from: ["draft", "published"] }, () => ({
    next: { status: "archived" },
  }));
};
