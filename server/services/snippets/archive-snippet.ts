import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { ArchiveSnippetInput } from "./schemas.ts";

/** Takes a saved reply away; its name is free again. @throws `not_found` also when it is gone already */
export const archiveSnippet = async (ctx: ServiceContext, raw: ArchiveSnippetInput): Promise<void> => {
  assertCan(ctx, "snippet.write");
  const { snippetId } = ArchiveSnippetInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.snippet.updateMany({
      where: { id: snippetId, clubId: ctx.clubId, archivedAt: null },
      data: { archivedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("saved reply");
    }
    await recordAudit(tx, ctx, { action: "snippet.archived", entityId: snippetId });
  });
};
