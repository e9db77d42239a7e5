import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ConnectionHealth } from "#server/domain/inbox-view.ts";
import type { Provider } from "#server/domain/vocabulary.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/**
 * Silence after which a polled connection counts as stale, in seconds. An inbox is stale after a minute, or where it
 * is only read beside a webhook after three turns of its minute; the member list after two of its hourly turns.
 */
const STALE_AFTER_SECONDS: Partial<Record<Provider, number>> = { clubos: 60, openphone: 180, clubhub: 2 * 3_600 };
const DEFAULT_STALE_AFTER_SECONDS = 60;

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
          lastSuccessAt: true,
          lastErrorAt: true,
          lastErrorKind: true,
          nextPollAt: true,
          createdAt: true,
        },
      });
      return rows.map(({ nextPollAt, createdAt, ...row }) => {
        const provider = row.provider as Provider;
        const since = row.lastSuccessAt ?? createdAt;
        const isPolled = nextPollAt !== null && row.status !== "disabled";
        const silentSeconds = (tx.now.getTime() - since.getTime()) / 1_000;
        const isStale = isPolled && silentSeconds > (STALE_AFTER_SECONDS[provider] ?? DEFAULT_STALE_AFTER_SECONDS);
        return { ...row, id: row.id as Id<"connection">, provider, isStale };
      });
    },
    { fixedNow: ctx.fixedNow },
  );
};
