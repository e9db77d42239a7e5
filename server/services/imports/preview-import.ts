import "server-only";

import type { z } from "zod";

import { MemberMapping, type ImportCounts, type RowOutcome } from "#server/domain/csv-import.ts";
import { DomainError } from "#server/domain/errors.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { findImport, ImportInput } from "#server/services/imports/find-import.ts";
import { CHUNK_ROWS, PREVIEW_ROWS, PREVIEW_SHOWN_ROWS, REFUSALS_SHOWN } from "#server/services/imports/limits.ts";
import { readRows, type ReadRow } from "#server/services/imports/read-rows.ts";
import { parseTable } from "#server/services/imports/read-table.ts";
import { countOutcomes, storeRows, type StoredRow } from "#server/services/imports/store-rows.ts";

export const PreviewImportInput = ImportInput.extend({ mapping: MemberMapping });

export type ImportPreview = {
  /** Of the rows that were tried; refused ones of the whole file. */
  readonly counts: ImportCounts;
  readonly triedCount: number;
  readonly rowCount: number;
  readonly rows: readonly { readonly line: number; readonly outcome: RowOutcome; readonly who: string; readonly said: readonly string[] }[];
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
  const rows = readRows(parseTable(row.content, row.delimiter), { mapping, ...row.club });
  const tried = rows.slice(0, PREVIEW_ROWS);
  const outcomes: StoredRow[] = [];
  for (let start = 0; start < tried.length; start += CHUNK_ROWS) {
    outcomes.push(...(await tryRows(ctx, tried.slice(start, start + CHUNK_ROWS))));
  }
  const refused = rows.flatMap((each) => ("reason" in each ? [{ line: each.line, reason: each.reason }] : []));
  return {
    counts: { ...countOutcomes(outcomes), refusedCount: refused.length },
    triedCount: tried.length,
    rowCount: rows.length,
    rows: tried.slice(0, PREVIEW_SHOWN_ROWS).map((each, index) => ({
      line: each.line,
      outcome: outcomes[index]?.outcome ?? "refused",
      ...described(each),
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

const tryRows = async (ctx: ServiceContext, rows: readonly ReadRow[]): Promise<readonly StoredRow[]> => {
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

const described = (row: ReadRow): { readonly who: string; readonly said: readonly string[] } => {
  if ("reason" in row) {
    return {
      who: row.cells
        .filter((cell) => cell !== "")
        .slice(0, 3)
        .join(", "),
      said: [row.reason],
    };
  }
  const { firstName, lastName, phone, email, kind, status, balanceMinor, joinedOn, membershipType } = row.person;
  const owes = balanceMinor === null ? null : `owes ${(Number(balanceMinor) / 100).toFixed(2)}`;
  return {
    who: `${firstName} ${lastName}`.trim(),
    said: [
      kind === "prospect" ? "prospect" : status.replaceAll("_", " "),
      phone,
      email,
      membershipType,
      owes,
      joinedOn && `joined ${joinedOn}`,
    ].filter((word): word is string => word !== null && word !== ""),
  };
};
