import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { eachItem } from "#server/services/each-item.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

import type { FoundRelay } from "./internal.ts";
import { KEPT_MINUTES, SILENT_SECONDS } from "./limits.ts";
import { silentKey } from "./note-relay.ts";

/** Shows each relay that was not heard of lately, once, and forgets calls that are long over. */
export const watchRelays = async (): Promise<{ silentCount: number }> => {
  const silent = await withSystem(async (tx) => {
    const old = new Date(tx.now.getTime() - KEPT_MINUTES * 60_000);
    await tx.db.$executeRaw`delete from "RelayCall" where "createdAt" < ${old}`;
    const since = new Date(tx.now.getTime() - SILENT_SECONDS * 1_000);
    return tx.db.$queryRaw<FoundRelay[]>`
      select r.id, r."franchiseId", r."clubId", r."connectionId" from "Relay" r
      join "Connection" c on c.id = r."connectionId" and c."clubId" = r."clubId" and c."archivedAt" is null
      where r."revokedAt" is null and coalesce(r."lastSeenAt", r."pairedAt") < ${since}`;
  });
  await eachItem(silent, (relay) => markSilent(systemContext(relay, { job: "relay-watch" }), relay));
  return { silentCount: silent.length };
};

type Silent = { readonly id: Id<"relay">; readonly connectionId: Id<"connection"> };

const markSilent = async (ctx: ServiceContext, { id, connectionId }: Silent): Promise<void> => {
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    const key = silentKey(connectionId);
    const connection = await tx.db.connection.findFirst({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null, status: { not: "disabled" } },
      select: { name: true },
    });
    const isOpen = (await tx.db.alert.count({ where: { clubId: ctx.clubId, key, resolvedAt: null } })) > 0;
    if (connection === null || isOpen) {
      return;
    }
    await tx.db.connection.updateMany({
      where: { id: connectionId, clubId: ctx.clubId, status: "active" },
      data: { status: "degraded", lastErrorAt: tx.now, lastErrorKind: "unavailable" },
    });
    await raiseAlert(tx, ctx, {
      kind: "connection_failing",
      severity: "warning",
      key,
      title: `${connection.name}: the relay at the club is silent`,
      detail: "Doors cannot be unlocked from here until it is back. Look whether its computer is on and has internet.",
      connectionId,
    });
    await recordAudit(tx, ctx, { action: "relay.silent", entityId: id });
    tx.news.changes.push({ topic: "connection" });
  });
};
