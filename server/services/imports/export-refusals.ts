import "server-only";

import type { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { findImport, ImportInput } from "#server/services/imports/find-import.ts";
import { ROWS_MAX_COUNT } from "#server/services/imports/limits.ts";
import { writeCsv } from "#server/services/imports/write-csv.ts";

/** The rows that were not taken as a table of their own, with line and reason in front: mended, it can be handed in again. */
export const exportRefusals = async (ctx: ServiceContext, raw: z.input<typeof ImportInput>): Promise<{ readonly csv: string }> => {
  assertCan(ctx, "member.import");
  const { importId } = ImportInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const { headers } = await findImport(tx, { clubId: ctx.clubId, importId });
      const refusals = await tx.db.csvRefusal.findMany({
        where: { clubId: ctx.clubId, importId },
        orderBy: { line: "asc" },
        take: ROWS_MAX_COUNT,
        select: { line: true, reason: true, cells: true },
      });
      const rows = refusals.map(({ line, reason, cells }) => [`${line}`, reason, ...(cells as string[])]);
      return { csv: writeCsv([["Line", "Why it was not taken", ...headers], ...rows]) };
    },
    { fixedNow: ctx.fixedNow },
  );
};
