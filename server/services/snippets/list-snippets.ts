import "server-only";

import { asId } from "#server/domain/ids.ts";
import type { Snippet } from "#server/domain/snippets.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** More saved replies than anybody keeps apart. */
export const MAX_SNIPPETS = 200;

/** The saved replies of this club, by name. */
export const listSnippets = async (ctx: ServiceContext): Promise<readonly Snippet[]> => {
  assertCan(ctx, "snippet.read");
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.snippet.findMany({
        where: { clubId: ctx.clubId, archivedAt: null },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        take: MAX_SNIPPETS,
        select: { id: true, name: true, text: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return rows.map((row) => ({ ...row, id: asId("snippet", row.id) }));
};
