import "server-only";

import type { RowOutcome } from "#server/domain/csv-import.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ReadRow } from "#server/services/imports/read-rows.ts";
import { storePeople } from "#server/services/members/store-people.ts";

export type StoredRow = { readonly line: number; readonly outcome: RowOutcome };

/** Stores the people of some rows as those of a file, and answers what became of each row. */
export const storeRows = async (tx: ServiceTx, ctx: ServiceContext, rows: readonly ReadRow[]): Promise<readonly StoredRow[]> => {
  const people = rows.flatMap((row) => ("person" in row ? [row.person] : []));
  const outcomes = await storePeople(tx, ctx, {
    source: { connectionId: null, provider: null, seenAt: tx.now },
    people,
    hasNoBalance: new Set(),
  });
  return rows.map((row) => ({
    line: row.line,
    outcome: "person" in row ? (outcomes.get(row.person.externalId) ?? "unchanged") : "refused",
  }));
};

/** Keeps the rows that were not taken, to be shown and downloaded. */
export const storeRefusals = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { importId, rows }: { readonly importId: string; readonly rows: readonly ReadRow[] },
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
