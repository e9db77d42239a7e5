import "server-only";

import { z } from "zod";

import { idSchema } from "#server/domain/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

/** One of them, or all that are listed up to the newest that was shown. */
export const ReadNotificationsInput = z.union([z.object({ notificationId: idSchema("notification") }), z.object({ until: z.date() })]);

/**
 * I have seen it. What is not mine, or read already, is left as it is; so is what I cannot have seen: news that came after the list was shown,
 * and news that only goes out by other ways, which would be told to nobody.
 */
export const readNotifications = async (ctx: ServiceContext, raw: z.input<typeof ReadNotificationsInput>): Promise<void> => {
  assertCan(ctx, "notification.own");
  const input = ReadNotificationsInput.parse(raw);
  const seen = "until" in input ? { isListed: true, createdAt: { lte: input.until } } : { id: input.notificationId };
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.notification.updateMany({
      where: { clubId: ctx.clubId, userId: staffOf(ctx), readAt: null, ...seen },
      data: { readAt: tx.now },
    });
    if (count > 0) {
      await recordAudit(tx, ctx, {
        action: "notification.read",
        entityId: "until" in input ? null : input.notificationId,
        details: { count },
      });
      tx.news.changes.push({ topic: "notification" });
    }
  });
};
