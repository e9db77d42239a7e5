import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { lockStop } from "#server/services/clubs/stop-lock.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { z } from "zod";

const MIN_REASON_LENGTH = 3;
const MAX_REASON_LENGTH = 200;

export const SetEmergencyStopInput = z.object({
  reason: z.string().trim().min(MIN_REASON_LENGTH, "say in a few words why").max(MAX_REASON_LENGTH),
});

/**
 * Halts everything automatic in this club: the gate reads the row this writes, and nothing is dispatched after it is there.
 * @throws `precondition_failed` when it is halted already
 */
export const setEmergencyStop = async (ctx: ServiceContext, raw: z.input<typeof SetEmergencyStopInput>): Promise<void> => {
  assertCan(ctx, "emergency.stop");
  const { reason } = SetEmergencyStopInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    await lockStop(tx, ctx);
    const { count } = await tx.db.club.updateMany({
      where: { id: ctx.clubId, stoppedAt: null },
      data: { stoppedAt: tx.now, stopReason: reason, stoppedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null },
    });
    if (count === 0) {
      throw new DomainError("precondition_failed", "Spotter is stopped already");
    }
    await recordAudit(tx, ctx, { action: "emergency.stopped", entityId: ctx.clubId, details: { reason } });
    // The reason is free text and may name people; the ledger, from which nothing is ever erased, does without it.
    tx.news.actions.push({ kind: "agent.stopped", risk: "reversible", summary: "Spotter was stopped for this club.", outcome: "done" });
    tx.news.changes.push({ topic: "club" });
  });
};
