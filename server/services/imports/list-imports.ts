import "server-only";

import type { ImportCounts, ImportKind, ImportStatus } from "#server/domain/csv-import.ts";
import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

const SHOWN_COUNT = 10;

export type ImportRow = ImportCounts & {
  readonly id: Id<"csvImport">;
  readonly kind: ImportKind;
  readonly fileName: string;
  readonly status: ImportStatus;
  readonly rowCount: number;
  readonly createdAt: Date;
};

/** The club's newest tables, newest first, without those that were put aside. */
export const listImports = async (ctx: ServiceContext): Promise<readonly ImportRow[]> => {
  assertCan(ctx, "member.import");
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.csvImport.findMany({
        where: { clubId: ctx.clubId, status: { not: "cancelled" } },
        orderBy: { id: "desc" },
        take: SHOWN_COUNT,
        select: {
          id: true,
          kind: true,
          fileName: true,
          status: true,
          rowCount: true,
          createdAt: true,
          createdCount: true,
          changedCount: true,
          unchangedCount: true,
          mergedCount: true,
          refusedCount: true,
        },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return rows.map((row) => ({ ...row, kind: row.kind as ImportKind, id: row.id as Id<"csvImport">, status: row.status as ImportStatus }));
};
