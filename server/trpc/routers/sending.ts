import "server-only";

import { getSendingSettings } from "#server/services/sending/get-sending-settings.ts";
import { publishSendingSettings, PublishSendingSettingsInput } from "#server/services/sending/publish-sending-settings.ts";
import { clubProcedure, router } from "#server/trpc/init.ts";

export const sendingRouter = router({
  get: clubProcedure.query(({ ctx }) => getSendingSettings(ctx.service)),
  publish: clubProcedure.input(PublishSendingSettingsInput).mutation(({ ctx, input }) => publishSendingSettings(ctx.service, input)),
});
