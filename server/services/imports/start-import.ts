import "server-only";

import type { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findImport } from "#server/services/imports/find-import.ts";
import { PreviewImportInput } from "#server/services/imports/preview-import.ts";
import { assertMappingFits } from "#server/services/imports/read-import.ts";

export const StartImportInput = PreviewImportInput;

/** Lets the rows be stored, as the columns were chosen; the engine does it. @throws `not_found`, `precondition_failed` when it has begun or ended */
export const startImport = async (ctx: ServiceContext, raw: z.input<typeof StartImportInput>): Promise<void> => {
  assertCan(ctx, "member.import");
  const { importId, mapping } = StartImportInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    assertMappingFits(await findImport(tx, { clubId: ctx.clubId, importId }), mapping);
    const { count } = await tx.db.csvImport.updateMany({
      where: { id: importId, clubId: ctx.clubId, status: "uploaded" },
      data: { status: "running", mapping, startedAt: tx.now, updatedAt: tx.now },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this import has begun already");
    }
    await recordAudit(tx, ctx, { action: "import.started", entityId: importId });
    tx.news.changes.push({ topic: "club", event: { name: "imports/import.started", data: { importId } } });
  });
};
