import "server-only";

import type { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { ConnectionInput, lockConnection } from "#server/services/connections/connection-row.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { releaseHeld } from "#server/services/effects/hold-for-connection.ts";

/**
 * Lets a paused connection work again: what it missed is read at once, and what waited goes out within half a minute,
 * unless its own gate has closed meanwhile. @throws `precondition_failed` when it is not paused
 */
export const resumeConnection = async (ctx: ServiceContext, raw: z.input<typeof ConnectionInput>): Promise<{ releasedCount: number }> => {
  assertCan(ctx, "connection.manage");
  const { connectionId } = ConnectionInput.parse(raw);
  return inTransaction(ctx, async (tx) => {
    await lockConnection(tx, ctx, connectionId);
    const where = { id: connectionId, clubId: ctx.clubId };
    const { count } = await tx.db.connection.updateMany({
      where: { ...where, archivedAt: null, status: "disabled" },
      data: { status: "active", pauseReason: null, errorCount: 0, lastErrorKind: null, leaseUntil: null, updatedAt: tx.now },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "this connection is not paused");
    }
    await tx.db.connection.updateMany({ where: { ...where, nextPollAt: { not: null } }, data: { nextPollAt: tx.now } });
    const releasedCount = await releaseHeld(tx, ctx, connectionId);
    await recordAudit(tx, ctx, { action: "connection.resumed", entityId: connectionId, details: { releasedCount } });
    tx.news.changes.push({ topic: "connection" });
    return { releasedCount };
  });
};
