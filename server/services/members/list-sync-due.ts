import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { SYNC_EVERY_MINUTES } from "#server/services/members/limits.ts";

export type SyncDue = { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club">; readonly connectionId: Id<"connection"> };

/** Providers whose connectors list people. */
const PEOPLE_PROVIDERS: Provider[] = ["clubhub"];

/** Connections of all clubs whose members were not read within the hour, longest ago first; none that is being read or rests after a failure. */
export const listSyncDue = async ({ limit = 50, fixedNow }: { readonly limit?: number; readonly fixedNow?: Date } = {}): Promise<
  readonly SyncDue[]
> => {
  const rows = await withSystem(
    (tx) =>
      tx.db.connection.findMany({
        where: {
          provider: { in: PEOPLE_PROVIDERS },
          status: { not: "disabled" },
          archivedAt: null,
          AND: [
            { OR: [{ lastSuccessAt: null }, { lastSuccessAt: { lte: new Date(tx.now.getTime() - SYNC_EVERY_MINUTES * 60_000) } }] },
            { OR: [{ leaseUntil: null }, { leaseUntil: { lte: tx.now } }] },
          ],
        },
        orderBy: [{ lastSuccessAt: { sort: "asc", nulls: "first" } }, { id: "asc" }],
        take: limit,
        select: { id: true, franchiseId: true, clubId: true },
      }),
    { fixedNow },
  );
  return rows.map(({ id, franchiseId, clubId }) => ({
    franchiseId: asId("franchise", franchiseId),
    clubId: asId("club", clubId),
    connectionId: asId("connection", id),
  }));
};
