import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { currentReportSettings } from "#server/services/alerts/current-report-settings.ts";
import { tellablePlaces } from "#server/services/alerts/tell-team.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

/** Whom the club's reports reach, and which of the ways there are open now. */
export const getReportSettings = (ctx: ServiceContext) => {
  assertCan(ctx, "workflow.read");
  return withClub(
    ctx,
    async (tx) => {
      const { managerPhone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { managerPhone: true } });
      const channels = await sendingChannels(tx, ctx);
      return {
        ...(await currentReportSettings(tx, ctx)),
        managerPhone,
        open: {
          sms: channels.get("sms")?.connection.name ?? null,
          email: channels.get("email")?.connection.name ?? null,
          team: (await tellablePlaces(tx, ctx)).map(({ name }) => name),
        },
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
