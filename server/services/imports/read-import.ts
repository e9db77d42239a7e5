import "server-only";

import { importKindOf, type ImportKind, type ImportMapping } from "#server/domain/csv-import.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { findImport } from "#server/services/imports/find-import.ts";
import { readBookings, type BookingReadRow } from "#server/services/imports/read-bookings.ts";
import { readRows, type ReadRow } from "#server/services/imports/read-rows.ts";
import { parseTable } from "#server/services/imports/read-table.ts";

/** A row of either kind of table, as it was read. */
export type TakenRow = ReadRow | BookingReadRow;

type Stored = Pick<Awaited<ReturnType<typeof findImport>>, "content" | "delimiter" | "club">;

/** Every row of an uploaded table, as its columns were chosen. */
export const readImport = ({ content, delimiter, club }: Stored, mapping: ImportMapping): readonly TakenRow[] => {
  const table = parseTable(content, delimiter);
  return "table" in mapping ? readBookings(table, { mapping, timeZone: club.timeZone }) : readRows(table, { mapping, ...club });
};

/** @throws `invalid` for the columns of people on a table of bookings, or the other way round */
export const assertMappingFits = ({ kind }: { readonly kind: ImportKind }, mapping: ImportMapping): void => {
  if (importKindOf(mapping) !== kind) {
    throw new DomainError("invalid", `this is a table of ${kind}`);
  }
};
