import type { ImportKind, ImportMapping, PhoneCountry } from "#server/domain/csv-import.ts";
import { guessBookingMapping } from "#server/services/imports/guess-booking-mapping.ts";
import type { Remembered } from "#server/services/imports/guess-columns.ts";
import { guessMapping } from "#server/services/imports/guess-mapping.ts";
import type { Table } from "#server/services/imports/read-table.ts";

type Input = { readonly table: Table; readonly country: PhoneCountry; readonly remembered: Remembered<ImportMapping> | null };

/** What people would choose for a table of the kind. */
export const guessFor = (kind: ImportKind, { table, country, remembered }: Input): ImportMapping => {
  const { headers = [], mapping } = remembered ?? {};
  if (kind === "bookings") {
    return guessBookingMapping({ table, country, remembered: mapping !== undefined && "table" in mapping ? { headers, mapping } : null });
  }
  return guessMapping({ table, country, remembered: mapping === undefined || "table" in mapping ? null : { headers, mapping } });
};
