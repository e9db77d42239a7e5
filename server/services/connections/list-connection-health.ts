import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ConnectionHealth } from "#server/domain/inbox-view.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { lagOf } from "#server/services/connections/freshness.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Every connection of the club and whether it can be relied on right now. */
export const listConnectionHealth = async (ctx: ServiceContext): Promise<readonly ConnectionHealth[]> => {
  assertCan(ctx, "connection.read");
  return withClub(
    ctx,
    async (tx) => {
      const rows = await tx.db.connection.findMany({
        where: { clubId: ctx.clubId, archivedAt: null },
        orderBy: [{ name: "asc" }, { id: "asc" }],
        select: {
          id: true,
          provider: true,
          name: true,
          status: true,
          pauseReason: true,
          lastSuccessAt: true,
          lastErrorAt: true,
          lastErrorKind: true,
          nextPollAt: true,
          createdAt: true,
        },
      });
      return rows.map(({ nextPollAt, createdAt, ...row }) => {
        const provider = row.provider as Provider;
        const lag = lagOf({ provider, status: row.status, nextPollAt, since: row.lastSuccessAt ?? createdAt }, tx.now);
        return { ...row, id: row.id as Id<"connection">, provider, isStale: lag?.isStale ?? false, lagSeconds: lag?.seconds ?? null };
      });
    },
    { fixedNow: ctx.fixedNow },
  );
};
