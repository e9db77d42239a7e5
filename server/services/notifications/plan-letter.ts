import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import type { NotificationKind } from "#server/domain/notification-words.ts";
import { isKnownNumber, teamName } from "#server/services/alerts/known-number.ts";
import { mailPlace } from "#server/services/alerts/mail-place.ts";
import { onCallPhone } from "#server/services/alerts/on-call-place.ts";
import { phonePlace } from "#server/services/alerts/phone-place.ts";
import { planTeamMail, planTeamNotice, planTeamText } from "#server/services/alerts/plan-team-message.ts";
import { tellablePlaces } from "#server/services/alerts/tell-team.ts";
import type { PushDevice } from "#server/platform/push-message.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { ClubPerson } from "#server/services/notifications/club-people.ts";

/** What is told by a way, the same for all. */
export type Letter = {
  readonly key: string;
  readonly kind: NotificationKind;
  readonly clubName: string;
  readonly title: string;
  readonly detail: string;
  readonly url: string;
};

export type Planned =
  | { readonly kind: "push"; readonly devices: readonly Device[] }
  | { readonly kind: "planned"; readonly effectId: Id<"effect"> }
  | {
      readonly kind: "dropped";
      readonly reason:
        | "seen_or_done"
        | "has_left"
        | "no_phone"
        | "on_call"
        | "known_number"
        | "no_channel"
        | "no_mailbox"
        | "not_linked"
        | "no_device";
    };

type Device = PushDevice & { readonly id: string };

type Sent = { readonly person: ClubPerson; readonly letter: Letter };

/** A text to somebody's own phone, from a line of the club. The on-call phone is paged about an emergency, and answers to that. */
export const planText = async (tx: ServiceTx, ctx: ServiceContext, { letter, person }: Sent): Promise<Planned> => {
  const { phone } = person.settings;
  if (phone === null) {
    return { kind: "dropped", reason: "no_phone" };
  }
  if (letter.kind === "emergency" && phone === (await onCallPhone(tx, ctx))) {
    return { kind: "dropped", reason: "on_call" };
  }
  if (await isKnownNumber(tx, ctx, phone)) {
    return { kind: "dropped", reason: "known_number" };
  }
  const at = await phonePlace(tx, ctx, { phone, name: teamName(person.name) });
  if (at === null) {
    return { kind: "dropped", reason: "no_channel" };
  }
  const text = `${letter.clubName}: ${letter.title}. ${letter.url}`;
  return { kind: "planned", effectId: await planTeamText(tx, ctx, { effectKey: letter.key, at, text }) };
};

/** A mail to the address somebody signs in with, from the club's mailbox. */
export const planMail = async (tx: ServiceTx, ctx: ServiceContext, { letter, person }: Sent): Promise<Planned> => {
  const at = await mailPlace(tx, ctx, { address: person.email });
  if (at === null) {
    return { kind: "dropped", reason: "no_mailbox" };
  }
  const effectId = await planTeamMail(tx, ctx, {
    effectKey: letter.key,
    at,
    subject: `${letter.clubName}: ${letter.title}`,
    text: `${letter.detail}\n\n${letter.url}\n\nYou chose to be told of this in Spotter, under Settings, Notifications.`,
  });
  return { kind: "planned", effectId };
};

/** A direct message in the workspace where an owner has linked them. */
export const planSlack = async (tx: ServiceTx, ctx: ServiceContext, { letter, person }: Sent): Promise<Planned> => {
  const link = await slackLink(tx, ctx, person.userId);
  if (link === null) {
    return { kind: "dropped", reason: "not_linked" };
  }
  const effectId = await planTeamNotice(tx, ctx, {
    effectKey: letter.key,
    connectionId: asId("connection", link.connectionId),
    notice: {
      text: `${letter.clubName}: ${letter.title}\n${letter.detail}`,
      url: letter.url,
      decision: null,
      personExternalId: link.externalId,
    },
  });
  return { kind: "planned", effectId };
};

/** Who somebody is in a workspace that lets itself be told; null where nobody has linked them. */
export const slackLink = async (tx: Pick<ServiceTx, "db" | "now">, ctx: Pick<ServiceContext, "clubId">, userId: string) => {
  const places = await tellablePlaces(tx, ctx);
  return tx.db.externalUser.findFirst({
    where: { clubId: ctx.clubId, userId, archivedAt: null, connectionId: { in: places.map(({ id }) => id) } },
    orderBy: { id: "asc" },
    select: { connectionId: true, externalId: true },
  });
};

/** Every browser that somebody has let tell them; what becomes of it is known only after the call. */
export const planPush = async (tx: ServiceTx, ctx: ServiceContext, { person }: Sent): Promise<Planned> => {
  const devices = await tx.db.pushDevice.findMany({
    where: { clubId: ctx.clubId, userId: person.userId },
    orderBy: { id: "asc" },
    select: { id: true, endpoint: true, p256dh: true, auth: true },
  });
  return devices.length === 0 ? { kind: "dropped", reason: "no_device" } : { kind: "push", devices };
};
