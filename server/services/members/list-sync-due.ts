import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { SYNC_EVERY_MINUTES } from "#server/services/members/limits.ts";

export type SyncDue = { readonly franchiseId: Id<"franchise">; readonly clubId: Id<"club">; readonly connectionId: Id<"connection"> };

/** Providers of which nothing but the list of people is read: how long ago that was stands at the connection. */
const LIST_PROVIDERS: Provider[] = ["clubhub"];
/** Providers that may list people beside an inbox or bookings: each connection has a minute of its own in every turn. */
const SIDE_LIST_PROVIDERS: Provider[] = ["clubos"];

/** Connections of all clubs whose members were not read within the last turn, longest ago first; none that is being read or rests after a failure. */
export const listSyncDue = async ({ limit = 50, fixedNow }: { readonly limit?: number; readonly fixedNow?: Date } = {}): Promise<
  readonly SyncDue[]
> => {
  const rows = await withSystem(
    (tx) =>
      tx.db.connection.findMany({
        where: {
          provider: { in: LIST_PROVIDERS },
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
  const sideRows = await withSystem(
    (tx) =>
      tx.db.connection
        .findMany({
          where: { provider: { in: SIDE_LIST_PROVIDERS }, status: { in: ["active", "degraded"] }, archivedAt: null },
          orderBy: { id: "asc" },
          select: { id: true, franchiseId: true, clubId: true, nextPollAt: true, lastSuccessAt: true },
        })
        .then((found) => found.filter((row) => isItsMinute(row, tx.now))),
    { fixedNow },
  );
  return [...rows, ...sideRows].map(({ id, franchiseId, clubId }) => ({
    franchiseId: asId("franchise", franchiseId),
    clubId: asId("club", clubId),
    connectionId: asId("connection", id),
  }));
};

type SideRow = { readonly id: string; readonly nextPollAt: Date | null; readonly lastSuccessAt: Date | null };

/** One that has just been connected is read at once; the others are spread over the turn by their ids. */
const isItsMinute = ({ id, nextPollAt, lastSuccessAt }: SideRow, now: Date): boolean => {
  const isNew = nextPollAt !== null && lastSuccessAt === null;
  const spread = [...id].reduce((sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % SYNC_EVERY_MINUTES, 0);
  return isNew || Math.floor(now.getTime() / 60_000) % SYNC_EVERY_MINUTES === spread;
};
