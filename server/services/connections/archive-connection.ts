import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { assertRecentSignIn } from "#server/domain/recent-sign-in.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { ConnectionInput, lockConnection } from "#server/services/connections/connection-row.ts";
import { forgetStanding } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { releaseHeld } from "#server/services/effects/hold-for-connection.ts";

export const ArchiveConnectionInput = ConnectionInput.extend({
  /** The connection's name, typed by whoever removes it. */
  confirmation: z.string().trim(),
});

/**
 * Removes a connection for good: its credentials are destroyed, its conversations and history stay. What still waits
 * to go out over it fails with a card that says so.
 * @throws `invalid` when the name is not the typed one, `precondition_failed` while something is being handed to the vendor,
 * `sign_in_required` for a session that began a while ago
 */
export const archiveConnection = async (ctx: ServiceContext, raw: z.input<typeof ArchiveConnectionInput>): Promise<void> => {
  assertCan(ctx, "connection.manage");
  const { connectionId, confirmation } = ArchiveConnectionInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    assertRecentSignIn(ctx.actor, tx.now);
    await lockConnection(tx, ctx, connectionId);
    const where = { id: connectionId, clubId: ctx.clubId };
    const { name } = await tx.db.connection.findFirstOrThrow({ where, select: { name: true } });
    if (confirmation.toLowerCase() !== name.toLowerCase()) {
      throw new DomainError("invalid", `type the name of the connection, ${name}`);
    }
    const underway = await tx.db.effect.count({ where: { clubId: ctx.clubId, connectionId, status: "dispatching" } });
    if (underway > 0) {
      throw new DomainError("precondition_failed", "something is being sent over it right now, try again in a minute");
    }
    await tx.db.connection.updateMany({
      where,
      data: {
        archivedAt: tx.now,
        sealedCredentials: {},
        nextPollAt: null,
        fencingToken: { increment: 1 },
        leaseOwner: null,
        leaseUntil: null,
        updatedAt: tx.now,
      },
    });
    await tx.db.channel.updateMany({ where: { clubId: ctx.clubId, connectionId, archivedAt: null }, data: { archivedAt: tx.now } });
    await closeCards(tx, ctx, connectionId);
    await releaseHeld(tx, ctx, connectionId);
    await recordAudit(tx, ctx, { action: "connection.archived", entityId: connectionId });
    tx.news.changes.push({ topic: "connection" });
  });
  forgetStanding(connectionId);
};

/** Cards about the connection itself; those about what was sent over it stay. */
const closeCards = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<void> => {
  const cards = await tx.db.alert.findMany({
    where: { clubId: ctx.clubId, connectionId, effectId: null, resolvedAt: null },
    select: { key: true },
  });
  for (const { key } of cards) {
    await settleAlert(tx, ctx, key);
  }
};
