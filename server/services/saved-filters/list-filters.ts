import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { staffUserId } from "#server/services/conversations/staff-user-id.ts";
import { KeptFilter } from "#server/services/saved-filters/save-filter.ts";

export type SavedFilter = {
  readonly id: Id<"savedFilter">;
  readonly name: string;
  readonly isShared: boolean;
  readonly filter: KeptFilter;
};

/** The filters that are shared in the club and one's own, by name. One that this build cannot read any more is left out. */
export const listFilters = async (ctx: ServiceContext): Promise<readonly SavedFilter[]> => {
  assertCan(ctx, "member.read");
  const rows = await withClub(ctx, (tx) =>
    tx.db.savedFilter.findMany({
      where: { clubId: ctx.clubId, archivedAt: null, OR: [{ isShared: true }, { createdById: staffUserId(ctx) ?? "" }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true, isShared: true, filter: true },
    }),
  );
  return rows.flatMap(({ filter, id, ...row }) => {
    const kept = KeptFilter.safeParse(filter);
    return kept.success ? [{ ...row, id: id as Id<"savedFilter">, filter: kept.data }] : [];
  });
};
