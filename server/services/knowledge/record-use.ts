import "server-only";

import { newId } from "#server/platform/ids.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { readableIn } from "./internal.ts";

type Use = { readonly effectId: string; readonly conversationId: string; readonly articleIds: readonly string[] };

/**
 * Notes what an answer rested on, so that a wrong fact leads to whoever was told it. Part of the transaction that plans
 * the answer. Hours and notices are noted as well; they have no version.
 */
export const recordUse = async (tx: Tx, ctx: ServiceContext, { effectId, conversationId, articleIds }: Use): Promise<void> => {
  const ids = [...new Set(articleIds)];
  if (ids.length === 0) {
    return;
  }
  const rows = await tx.db.knowledgeArticle.findMany({
    where: { id: { in: ids }, ...readableIn(ctx) },
    select: { id: true, version: true },
  });
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  await tx.db.knowledgeUse.createMany({
    data: ids.map((articleId) => ({
      id: newId("knowledgeUse"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      articleId,
      articleVersion: versions.get(articleId) ?? 0,
      effectId,
      conversationId,
      createdAt: tx.now,
    })),
    skipDuplicates: true,
  });
};
