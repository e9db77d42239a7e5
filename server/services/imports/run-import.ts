import "server-only";

import type { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findImport, ImportInput } from "#server/services/imports/find-import.ts";
import { CHUNK_ROWS, CHUNKS_PER_STEP } from "#server/services/imports/limits.ts";
import { readImport, type TakenRow } from "#server/services/imports/read-import.ts";
import { countOutcomes, storeRefusals, storeRows } from "#server/services/imports/store-rows.ts";

/**
 * Stores the next rows of a running import, a chunk in a transaction, and goes on where an earlier run was broken off.
 * Answers whether nothing is left to do.
 */
export const runImport = async (ctx: ServiceContext, raw: z.input<typeof ImportInput>): Promise<{ readonly isDone: boolean }> => {
  assertCan(ctx, "member.import");
  const { importId } = ImportInput.parse(raw);
  const row = await withClub(ctx, (tx) => findImport(tx, { clubId: ctx.clubId, importId }), { fixedNow: ctx.fixedNow });
  if (row.status !== "running" || row.mapping === null) {
    return { isDone: true };
  }
  const rows = readImport(row, row.mapping);
  let nextRow = row.nextRow;
  for (let chunk = 0; chunk < CHUNKS_PER_STEP && nextRow < rows.length; chunk += 1) {
    const isOurs = await storeChunk(ctx, { importId, nextRow, rows });
    if (!isOurs) {
      return { isDone: false };
    }
    nextRow += CHUNK_ROWS;
  }
  return { isDone: nextRow >= rows.length };
};

type Chunk = { readonly importId: string; readonly nextRow: number; readonly rows: readonly TakenRow[] };

/** False when another run has stored these rows, or the import was cancelled: nothing is stored twice, nor after a cancel. */
const storeChunk = (ctx: ServiceContext, { importId, nextRow, rows }: Chunk): Promise<boolean> =>
  inTransaction(ctx, async (tx) => {
    const chunk = rows.slice(nextRow, nextRow + CHUNK_ROWS);
    const isLast = nextRow + chunk.length >= rows.length;
    const { count } = await tx.db.csvImport.updateMany({
      where: { id: importId, clubId: ctx.clubId, status: "running", nextRow },
      data: {
        nextRow: nextRow + chunk.length,
        updatedAt: tx.now,
        // What was refused is kept beside; the rest of the file is nobody's business any more.
        ...(isLast ? { status: "finished", finishedAt: tx.now, content: "" } : {}),
      },
    });
    if (count === 0) {
      return false;
    }
    const counts = countOutcomes(await storeRows(tx, ctx, chunk));
    await storeRefusals(tx, ctx, { importId, rows: chunk });
    const data = Object.fromEntries(Object.entries(counts).map(([name, increment]) => [name, { increment }]));
    await tx.db.csvImport.updateMany({ where: { id: importId, clubId: ctx.clubId }, data });
    await recordAudit(tx, ctx, { action: isLast ? "import.finished" : "import.stored", entityId: importId, details: counts });
    if (isLast) {
      tx.news.changes.push({ topic: "club" });
    }
    return true;
  });
