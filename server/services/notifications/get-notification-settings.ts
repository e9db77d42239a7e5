import "server-only";

import { notFound } from "#server/domain/errors.ts";
import type { NotificationSettings } from "#server/domain/notification-settings.ts";
import { env } from "#server/platform/env.ts";
import { pushPublicKey } from "#server/platform/push-message.ts";
import { withClub } from "#server/platform/tenant.ts";
import { isKnownNumber } from "#server/services/alerts/known-number.ts";
import { tellablePlaces } from "#server/services/alerts/tell-team.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";
import { clubPeople } from "#server/services/notifications/club-people.ts";
import { slackLink } from "#server/services/notifications/plan-letter.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

type NotificationSettingsView = {
  readonly settings: NotificationSettings;
  /** Where mail goes: what one signs in with. */
  readonly email: string;
  readonly timeZone: string;
  /** By which ways the club can tell anybody now, each by the name of its connection. */
  readonly open: {
    readonly sms: string | null;
    /** The club knows somebody else by my number by now: no text goes there. */
    readonly isPhoneKnown: boolean;
    readonly email: string | null;
    readonly slack: string | null;
    readonly isSlackLinked: boolean;
    /** What a browser binds its subscription to; null where the installation has no key for push. */
    readonly pushKey: string | null;
  };
  /** Addresses of my own browsers that tell me. */
  readonly devices: readonly string[];
};

/** What I chose in this club, and which of the ways there are open. */
export const getNotificationSettings = async (ctx: ServiceContext): Promise<NotificationSettingsView> => {
  assertCan(ctx, "notification.own");
  const userId = staffOf(ctx);
  return withClub(
    ctx,
    async (tx) => {
      const [me] = await clubPeople(tx, ctx, { userId });
      if (me === undefined) {
        throw notFound("person of this club");
      }
      const { timeZone } = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { timeZone: true } });
      const channels = await sendingChannels(tx, ctx);
      const [slack] = await tellablePlaces(tx, ctx);
      return {
        settings: me.settings,
        email: me.email,
        timeZone,
        open: {
          sms: channels.get("sms")?.connection.name ?? null,
          isPhoneKnown: me.settings.phone !== null && (await isKnownNumber(tx, ctx, me.settings.phone)),
          email: channels.get("email")?.connection.name ?? null,
          slack: slack?.name ?? null,
          pushKey: env.PUSH_PRIVATE_KEY === undefined ? null : pushPublicKey(env.PUSH_PRIVATE_KEY),
          isSlackLinked: (await slackLink(tx, ctx, userId)) !== null,
        },
        devices: (await tx.db.pushDevice.findMany({ where: { clubId: ctx.clubId, userId }, select: { endpoint: true } })).map(
          ({ endpoint }) => endpoint,
        ),
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
