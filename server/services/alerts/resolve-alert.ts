import "server-only";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { settleNotifications } from "#server/services/notifications/tell-people.ts";
import { z } from "zod";

export const ResolveAlertInput = z.object({ alertId: idSchema("alert") });

/** Closes a card. If its cause is still there, the next failure opens a new one. @throws `not_found` also when it is closed already */
export const resolveAlert = async (ctx: ServiceContext, raw: z.input<typeof ResolveAlertInput>): Promise<void> => {
  assertCan(ctx, "alert.resolve");
  const { alertId } = ResolveAlertInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.alert.updateMany({
      where: { id: alertId, clubId: ctx.clubId, resolvedAt: null },
      data: { resolvedAt: tx.now, resolvedById: ctx.actor.kind === "staff" ? ctx.actor.userId : null },
    });
    if (count === 0) {
      throw notFound("alert");
    }
    await settleNotifications(tx, ctx, { subjectIds: [alertId] });
    await recordAudit(tx, ctx, { action: "alert.resolved", entityId: alertId });
    tx.news.changes.push({ topic: "alert" });
  });
};
