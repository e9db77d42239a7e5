import "server-only";

import type { z } from "zod";

import type { ImportCounts, ImportKind, ImportMapping, ImportStatus } from "#server/domain/csv-import.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findImport, ImportInput, rememberedMapping } from "#server/services/imports/find-import.ts";
import { guessFor } from "#server/services/imports/guess-for.ts";
import { REFUSALS_SHOWN } from "#server/services/imports/limits.ts";
import { parseTable } from "#server/services/imports/read-table.ts";

/** Cells of each column to choose by. */
const SAMPLE_ROWS = 3;
const SAMPLES_MAX_WORDS = 500;

export type ImportView = {
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly status: ImportStatus;
  readonly encoding: string;
  readonly rowCount: number;
  readonly doneCount: number;
  readonly counts: ImportCounts;
  readonly finishedAt: Date | null;
  readonly columns: readonly {
    readonly index: number;
    readonly header: string;
    readonly samples: readonly string[];
    /** Distinct cells, lower case. */ readonly words: readonly string[];
  }[];
  /** As chosen, or as guessed. */
  readonly mapping: ImportMapping;
  readonly refusals: readonly { readonly line: number; readonly reason: string; readonly cells: readonly string[] }[];
};

/** One import as the screens show it, whatever state it is in. @throws `not_found` */
export const getImport = async (ctx: ServiceContext, raw: z.input<typeof ImportInput>): Promise<ImportView> => {
  assertCan(ctx, "member.import");
  const { importId } = ImportInput.parse(raw);
  const { row, remembered, refusals } = await withClub(
    ctx,
    async (tx) => {
      const found = await findImport(tx, { clubId: ctx.clubId, importId });
      return {
        row: found,
        remembered: await rememberedMapping(tx, { clubId: ctx.clubId, importId, kind: found.kind }),
        refusals: await tx.db.csvRefusal.findMany({
          where: { clubId: ctx.clubId, importId },
          orderBy: { line: "asc" },
          take: REFUSALS_SHOWN,
          select: { line: true, reason: true, cells: true },
        }),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
  const { createdCount, changedCount, unchangedCount, mergedCount, refusedCount } = row;
  // Asked for each second while it runs, when nobody chooses columns any more.
  const table = row.status === "uploaded" ? parseTable(row.content, row.delimiter) : { headers: row.headers, rows: [] };
  return {
    kind: row.kind,
    fileName: row.fileName,
    status: row.status,
    encoding: row.encoding,
    rowCount: row.rowCount,
    doneCount: row.nextRow,
    counts: { createdCount, changedCount, unchangedCount, mergedCount, refusedCount },
    finishedAt: row.finishedAt,
    columns: row.headers.map((header, index) => ({
      index,
      header,
      samples: table.rows.flatMap(({ cells }) => cells[index] || []).slice(0, SAMPLE_ROWS),
      words: [...new Set(table.rows.flatMap(({ cells }) => cells[index]?.toLowerCase() || []))].slice(0, SAMPLES_MAX_WORDS),
    })),
    mapping: row.mapping ?? guessFor(row.kind, { table, country: row.club.country, remembered }),
    refusals: refusals.map((refusal) => ({ ...refusal, cells: refusal.cells as string[] })),
  };
};
