import "server-only";

import type { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { ImportInput } from "#server/services/imports/find-import.ts";

/** Ends an import that has not ended; rows stored so far stay. @throws `not_found` also when it has ended */
export const cancelImport = async (ctx: ServiceContext, raw: z.input<typeof ImportInput>): Promise<void> => {
  assertCan(ctx, "member.import");
  const { importId } = ImportInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.csvImport.updateMany({
      where: { id: importId, clubId: ctx.clubId, status: { in: ["uploaded", "running"] } },
      data: { status: "cancelled", content: "", finishedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw notFound("import");
    }
    await recordAudit(tx, ctx, { action: "import.cancelled", entityId: importId });
  });
};
