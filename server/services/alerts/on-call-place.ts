import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { findPlace, type Place } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";

export type OnCallPlace = { readonly place: Place; readonly connectionId: ReturnType<typeof asId<"connection">>; readonly phone: string };

/** Why nobody on call can be reached by text, or where they are. */
export type OnCall = ({ readonly kind: "found" } & OnCallPlace) | { readonly kind: "no_phone" | "no_channel" };

const CONTACT_NAME = "On-call phone";

/**
 * The conversation with the club's on-call phone: the manager's, else the emergency line. It is a thread like any other, so that
 * what was sent there is seen and the vendor's echo is recognised; Spotter itself answers nothing in it.
 */
export const onCallPlace = async (tx: ServiceTx, ctx: ServiceContext): Promise<OnCall> => {
  const club = await tx.db.club.findFirstOrThrow({
    where: { id: ctx.clubId },
    select: { name: true, phone: true, emergencyPhone: true, managerPhone: true },
  });
  const phone = club.managerPhone ?? club.emergencyPhone;
  if (phone === null) {
    return { kind: "no_phone" };
  }
  const channels = await tx.db.channel.findMany({
    where: { clubId: ctx.clubId, kind: "sms", connection: { archivedAt: null, status: { in: ["active", "degraded"] } } },
    orderBy: { id: "asc" },
    select: { externalId: true, connection: { select: { id: true, provider: true, name: true } } },
  });
  const channel = channels.find(({ connection }) => canSend(connection.provider));
  if (channel === undefined) {
    return { kind: "no_channel" };
  }
  const connectionId = asId("connection", channel.connection.id);
  const arrival = prepareArrival(
    {
      id: connectionId,
      provider: Provider.parse(channel.connection.provider),
      name: channel.connection.name,
      clubName: club.name,
      clubPhone: club.phone,
    },
    {
      externalId: "",
      direction: "outbound",
      channelExternalId: channel.externalId,
      contact: { address: phone, externalId: null, name: CONTACT_NAME },
      text: "",
      sentAt: tx.now,
      media: [],
    },
  );
  const place = await findPlace(tx, ctx, arrival);
  await tx.db.contact.updateMany({
    where: { id: place.contactId, clubId: ctx.clubId, displayName: CONTACT_NAME, isAgentOff: false },
    data: { isAgentOff: true, updatedAt: tx.now },
  });
  return { kind: "found", place, connectionId, phone };
};

const canSend = (provider: string): boolean => {
  const known = Provider.safeParse(provider);
  return known.success && CONNECTORS[known.data]?.setup.capabilities.includes("message.send") === true;
};
