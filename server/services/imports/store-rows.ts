import "server-only";

import type { RowOutcome } from "#server/domain/csv-import.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { writeBookings } from "#server/services/bookings/store-bookings.ts";
import type { TakenRow } from "#server/services/imports/read-import.ts";
import { storePeople } from "#server/services/members/store-people.ts";

export type StoredRow = {
  readonly line: number;
  readonly outcome: RowOutcome;
  /** A booking of which it cannot be told whose it is. */
  readonly isUnlinked: boolean;
};

/** Stores the people or the bookings of some rows as those of a file, and answers what became of each row. */
export const storeRows = async (tx: ServiceTx, ctx: ServiceContext, rows: readonly TakenRow[]): Promise<readonly StoredRow[]> => {
  const people = rows.flatMap((row) => ("person" in row ? [row.person] : []));
  const source = { connectionId: null, provider: null, seenAt: tx.now };
  const stored = people.length === 0 ? null : await storePeople(tx, ctx, { source, people, hasNoBalance: new Set() });
  const bookings = rows.flatMap((row) => ("booking" in row ? [row.booking] : []));
  // Without a window: what a file does not name is not cancelled, for it may hold a part of the calendar.
  const written = bookings.length === 0 ? null : (await writeBookings(tx, ctx, { connectionId: null, bookings })).rows;
  return rows.map((row) => {
    if ("person" in row) {
      return { line: row.line, outcome: stored?.get(row.person.externalId) ?? "unchanged", isUnlinked: false };
    }
    if ("booking" in row) {
      const booking = written?.get(row.booking.externalId);
      return { line: row.line, outcome: booking?.outcome ?? "unchanged", isUnlinked: booking?.isLinked === false };
    }
    return { line: row.line, outcome: "refused", isUnlinked: false };
  });
};

/** Keeps the rows that were not taken, to be shown and downloaded. */
export const storeRefusals = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { importId, rows }: { readonly importId: string; readonly rows: readonly TakenRow[] },
): Promise<void> => {
  await tx.db.csvRefusal.createMany({
    data: rows.flatMap((row) =>
      "reason" in row
        ? [
            {
              id: newId("csvRefusal"),
              franchiseId: ctx.franchiseId,
              clubId: ctx.clubId,
              importId,
              line: row.line,
              reason: row.reason,
              cells: [...row.cells],
            },
          ]
        : [],
    ),
    skipDuplicates: true,
  });
};

/** How many rows came to each end. */
export const countOutcomes = (rows: readonly StoredRow[]) => {
  const count = (wanted: RowOutcome): number => rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    createdCount: count("created"),
    changedCount: count("changed"),
    unchangedCount: count("unchanged"),
    mergedCount: count("merged"),
    refusedCount: count("refused"),
  };
};
