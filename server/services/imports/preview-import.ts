import "server-only";

import type { z } from "zod";

import { ImportMapping, type ImportCounts, type RowOutcome } from "#server/domain/csv-import.ts";
import { DomainError } from "#server/domain/errors.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findImport, ImportInput } from "#server/services/imports/find-import.ts";
import { CHUNK_ROWS, PREVIEW_ROWS, PREVIEW_SHOWN_ROWS, REFUSALS_SHOWN } from "#server/services/imports/limits.ts";
import { describeRow } from "#server/services/imports/describe-row.ts";
import { assertMappingFits, readImport, type TakenRow } from "#server/services/imports/read-import.ts";
import { countOutcomes, storeRows, type StoredRow } from "#server/services/imports/store-rows.ts";

export const PreviewImportInput = ImportInput.extend({ mapping: ImportMapping });

export type ImportPreview = {
  /** Of the rows that were tried; refused ones of the whole file. */
  readonly counts: ImportCounts;
  readonly triedCount: number;
  /** Bookings of the rows that were tried of which it cannot be told whose they are. */
  readonly unlinkedCount: number;
  readonly rowCount: number;
  readonly rows: readonly {
    readonly line: number;
    readonly outcome: RowOutcome;
    readonly isUnlinked: boolean;
    readonly who: string;
    readonly said: readonly string[];
  }[];
  readonly refusals: readonly { readonly line: number; readonly reason: string }[];
};

/** Says what storing the table would do, by doing it and taking it back: what people see is what the same code finds. */
export const previewImport = async (ctx: ServiceContext, raw: z.input<typeof PreviewImportInput>): Promise<ImportPreview> => {
  assertCan(ctx, "member.import");
  const { importId, mapping } = PreviewImportInput.parse(raw);
  const row = await withClub(ctx, (tx) => findImport(tx, { clubId: ctx.clubId, importId }), { fixedNow: ctx.fixedNow });
  if (row.status !== "uploaded") {
    throw new DomainError("precondition_failed", "this import has begun already");
  }
  assertMappingFits(row, mapping);
  const rows = readImport(row, mapping);
  const tried = rows.slice(0, PREVIEW_ROWS);
  const outcomes: StoredRow[] = [];
  for (let start = 0; start < tried.length; start += CHUNK_ROWS) {
    outcomes.push(...(await tryRows(ctx, tried.slice(start, start + CHUNK_ROWS))));
  }
  const refused = rows.flatMap((each) => ("reason" in each ? [{ line: each.line, reason: each.reason }] : []));
  return {
    counts: { ...countOutcomes(outcomes), refusedCount: refused.length },
    triedCount: tried.length,
    unlinkedCount: outcomes.filter(({ isUnlinked }) => isUnlinked).length,
    rowCount: rows.length,
    rows: tried.slice(0, PREVIEW_SHOWN_ROWS).map((each, index) => ({
      line: each.line,
      outcome: outcomes[index]?.outcome ?? "refused",
      isUnlinked: outcomes[index]?.isUnlinked ?? false,
      ...describeRow(each, row.club.timeZone),
    })),
    refusals: refused.slice(0, REFUSALS_SHOWN),
  };
};

/** Carries the answer out of a transaction that must not commit. */
class TakenBack extends Error {
  readonly rows: readonly StoredRow[];
  constructor(rows: readonly StoredRow[]) {
    super("taken back");
    this.rows = rows;
  }
}

const tryRows = async (ctx: ServiceContext, rows: readonly TakenRow[]): Promise<readonly StoredRow[]> => {
  try {
    return await inTransaction(ctx, async (tx) => {
      throw new TakenBack(await storeRows(tx, ctx, rows));
    });
  } catch (error) {
    if (error instanceof TakenBack) {
      return error.rows;
    }
    throw error;
  }
};
