import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { silentKey } from "./note-relay.ts";
import { relayKey, wake } from "./wake.ts";

export const RevokeRelayInput = z.object({ connectionId: idSchema("connection") });

/**
 * Shuts a relay out for good: its token is worthless from now on, and so is a code that was not used yet. What waits for
 * it has not happened; what it was handed may still be answered by nobody.
 * @throws `not_found` when there is none
 */
export const revokeRelay = async (ctx: ServiceContext, raw: z.input<typeof RevokeRelayInput>): Promise<void> => {
  assertCan(ctx, "connection.manage");
  const { connectionId } = RevokeRelayInput.parse(raw);
  const place = { clubId: ctx.clubId, connectionId };
  const revoked = await inTransaction(ctx, async (tx) => {
    const relays = await tx.db.relay.findMany({ where: { ...place, revokedAt: null }, select: { id: true } });
    const { count } = await tx.db.relay.updateMany({ where: { ...place, revokedAt: null }, data: { revokedAt: tx.now } });
    if (count === 0) {
      throw notFound("relay");
    }
    await tx.db.relayPairing.updateMany({ where: { ...place, usedAt: null, revokedAt: null }, data: { revokedAt: tx.now } });
    await settleAlert(tx, ctx, silentKey(connectionId));
    await recordAudit(tx, ctx, { action: "relay.revoked", entityId: connectionId });
    tx.news.changes.push({ topic: "connection" });
    return relays;
  });
  revoked.forEach(({ id }) => wake(relayKey(id)));
};
