import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { ConnectionInput, lockConnection } from "#server/services/connections/connection-row.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

export const PauseConnectionInput = ConnectionInput.extend({
  reason: z.string().trim().min(1, "say in a few words why").max(200),
});

/**
 * Stops everything over a connection: polls, webhooks and whatever is to go out. What waits to go out is kept. A
 * poll that is under way may end, but nothing of it is stored any more.
 * @throws `precondition_failed` when it is paused already
 */
export const pauseConnection = async (ctx: ServiceContext, raw: z.input<typeof PauseConnectionInput>): Promise<void> => {
  assertCan(ctx, "connection.manage");
  const { connectionId, reason } = PauseConnectionInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    await lockConnection(tx, ctx, connectionId);
    const { count } = await tx.db.connection.updateMany({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null, status: { not: "disabled" } },
      data: {
        status: "disabled",
        pauseReason: reason,
        // Whoever holds the lease is refused when it comes to store what it has read.
        fencingToken: { increment: 1 },
        leaseOwner: null,
        leaseUntil: null,
        updatedAt: tx.now,
      },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this connection is paused already");
    }
    // Silence is what was asked for.
    await settleAlert(tx, ctx, `stale:${connectionId}`);
    await recordAudit(tx, ctx, { action: "connection.paused", entityId: connectionId, details: { reason } });
    tx.news.changes.push({ topic: "connection" });
  });
};
