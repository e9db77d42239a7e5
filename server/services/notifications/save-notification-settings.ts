import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { NotificationSettings } from "#server/domain/notification-settings.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import { isKnownNumber } from "#server/services/alerts/known-number.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { inEachClub } from "#server/services/notifications/push-devices.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

export const SaveNotificationSettingsInput = z.object({
  settings: NotificationSettings,
  /** The same in every club where I work. */
  isEverywhere: z.boolean(),
});

/** Of what I am told in this club, from the next news on. @throws `invalid` for a number by which the club knows somebody else */
export const saveNotificationSettings = async (
  ctx: ServiceContext,
  raw: Pick<z.input<typeof SaveNotificationSettingsInput>, "settings">,
): Promise<void> => {
  assertCan(ctx, "notification.own");
  const userId = staffOf(ctx);
  const settings = NotificationSettings.parse(raw.settings);
  await inTransaction(ctx, async (tx) => {
    await refuseKnown(tx, ctx, settings);
    await tx.db.notificationSettings.upsert({
      where: { clubId_userId: { clubId: ctx.clubId, userId } },
      create: {
        id: newId("notificationSettings"),
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        userId,
        document: settings,
        updatedAt: tx.now,
      },
      update: { document: settings, updatedAt: tx.now },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "notifications.changed",
      entityId: userId,
      details: { hasPhone: settings.phone !== null, hasQuietHours: settings.quiet !== null },
    });
  });
};

/** Names nobody: who has the number is not for everybody who tries one. */
const refuseKnown = async (tx: Tx, ctx: ServiceContext, { phone }: NotificationSettings): Promise<void> => {
  if (phone !== null && (await isKnownNumber(tx, ctx, phone))) {
    throw new DomainError("invalid", "this number cannot take your texts; give one that no member of the club has or writes from");
  }
};

/** The same for every club this person works in, each in its own context; in none of them where one refuses the number. */
export const saveSettingsOf = async (
  user: Pick<SignedIn, "userId" | "name" | "clubs" | "signedInAt" | "desk">,
  raw: z.input<typeof SaveNotificationSettingsInput>,
  { clubId, requestId }: Pick<ServiceContext, "clubId" | "requestId">,
): Promise<void> => {
  const { isEverywhere, settings } = SaveNotificationSettingsInput.parse(raw);
  const clubs = user.clubs.filter(({ id }) => isEverywhere || id === clubId);
  await inEachClub({ ...user, clubs }, requestId, (ctx) => withClub(ctx, (tx) => refuseKnown(tx, ctx, settings)));
  await inEachClub({ ...user, clubs }, requestId, (ctx) => saveNotificationSettings(ctx, { settings }));
};
