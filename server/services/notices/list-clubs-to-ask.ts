import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";

export type ClubToAsk = { readonly id: Id<"club">; readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club"> };

/** Every club there is; which holidays it is asked about is found out in its own context. */
export const listClubsToAsk = async (): Promise<readonly ClubToAsk[]> => {
  const rows = await withSystem((tx) =>
    tx.db.club.findMany({ where: { archivedAt: null }, orderBy: { id: "asc" }, select: { id: true, franchiseId: true } }),
  );
  return rows.map(({ id, franchiseId }) => ({
    id: asId("club", id),
    clubId: asId("club", id),
    franchiseId: asId("franchise", franchiseId),
  }));
};
