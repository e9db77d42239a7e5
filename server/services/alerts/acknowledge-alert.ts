import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";

export const AcknowledgeAlertInput = z.object({ alertId: idSchema("alert") });

/**
 * Somebody has it: nobody else is told of it any more, and the card stays with their name until it is done.
 * @throws `not_found` also when it is closed, `conflict` when somebody else has it
 */
export const acknowledgeAlert = async (ctx: ServiceContext, raw: z.input<typeof AcknowledgeAlertInput>): Promise<void> => {
  assertCan(ctx, "alert.resolve");
  const { alertId } = AcknowledgeAlertInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const where = { id: alertId, clubId: ctx.clubId, resolvedAt: null };
    const userId = ctx.actor.kind === "staff" ? ctx.actor.userId : null;
    const { count } = await tx.db.alert.updateMany({
      where: { ...where, acknowledgedAt: null },
      data: { acknowledgedAt: tx.now, acknowledgedById: userId },
    });
    if (count === 0) {
      const alert = await tx.db.alert.findFirst({ where, select: { acknowledgedById: true } });
      if (alert === null) {
        throw notFound("alert");
      }
      if (alert.acknowledgedById !== userId) {
        throw new DomainError("conflict", "somebody else has this already");
      }
      return;
    }
    await settleNotifications(tx, ctx, { subjectIds: [alertId] });
    await recordAudit(tx, ctx, { action: "alert.acknowledged", entityId: alertId });
    tx.news.changes.push({ topic: "alert" });
  });
};
