import "server-only";

import type { z } from "zod";

import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { changeArticle, type ChangedArticle } from "./change-article.ts";
import { VersionedInput } from "./schemas.ts";

/** Spotter may say it from now on. */
export const publishArticle = async (ctx: ServiceContext, raw: z.input<typeof VersionedInput>): Promise<ChangedArticle> => {
  assertCan(ctx, "knowledge.write");
  const input = VersionedInput.parse(raw);
  return changeArticle(ctx, { ...input, permission: "knowledge.write", action: "article.published", from: ["draft", "archived"] }, () => ({
    next: { status: "published" },
  }));
};
