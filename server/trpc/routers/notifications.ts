import "server-only";

import { getNotificationSettings } from "#server/services/notifications/get-notification-settings.ts";
import { countUnread, listNotifications, ListNotificationsInput } from "#server/services/notifications/list-notifications.ts";
import {
  addPushDevice,
  EndpointInput,
  inEachClub,
  PushDeviceInput,
  removePushDevice,
} from "#server/services/notifications/push-devices.ts";
import { readNotifications, ReadNotificationsInput } from "#server/services/notifications/read-notifications.ts";
import { SaveNotificationSettingsInput, saveSettingsOf } from "#server/services/notifications/save-notification-settings.ts";
import { clubProcedure, router, userProcedure } from "#server/trpc/init.ts";

/** What one person is told of, and how. */
export const notificationsRouter = router({
  list: clubProcedure.input(ListNotificationsInput).query(({ ctx, input }) => listNotifications(ctx.service, input)),
  unread: clubProcedure.query(({ ctx }) => countUnread(ctx.service)),
  read: clubProcedure.input(ReadNotificationsInput).mutation(({ ctx, input }) => readNotifications(ctx.service, input)),
  addDevice: userProcedure
    .input(PushDeviceInput)
    .mutation(({ ctx, input }) => inEachClub(ctx.user, ctx.requestId, (service) => addPushDevice(service, input))),
  removeDevice: userProcedure
    .input(EndpointInput)
    .mutation(({ ctx, input }) => inEachClub(ctx.user, ctx.requestId, (service) => removePushDevice(service, input))),
  settings: clubProcedure.query(({ ctx }) => getNotificationSettings(ctx.service)),
  saveSettings: clubProcedure
    .input(SaveNotificationSettingsInput)
    .mutation(({ ctx, input }) => saveSettingsOf(ctx.user, input, ctx.service)),
});
