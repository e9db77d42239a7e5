import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

/** Without an id: all of them. */
export const ReadNotificationsInput = z.object({ notificationId: idSchema("notification").optional() });

/** I have seen it. What is not mine, or read already, is left as it is. */
export const readNotifications = async (ctx: ServiceContext, raw: z.input<typeof ReadNotificationsInput>): Promise<void> => {
  assertCan(ctx, "notification.own");
  const { notificationId } = ReadNotificationsInput.parse(raw);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.notification.updateMany({
      where: { clubId: ctx.clubId, userId: staffOf(ctx), readAt: null, ...(notificationId === undefined ? {} : { id: notificationId }) },
      data: { readAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "notification.read", entityId: notificationId ?? null, details: { count } });
      tx.news.changes.push({ topic: "notification" });
    }
  });
};
