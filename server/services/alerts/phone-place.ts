import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { findPlace, type Place } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";

export type PhonePlace = { readonly place: Place; readonly connectionId: Id<"connection">; readonly phone: string };

/**
 * The conversation with a phone of the club's own people: a thread like any other, so that what was sent there is seen and the vendor's
 * echo is recognised; Spotter itself answers nothing in it. Null where no channel of the club can text.
 * @param name what the contact is called where the number is new
 */
export const phonePlace = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { name, phone }: { readonly phone: string; readonly name: string },
): Promise<PhonePlace | null> => {
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const channels = await tx.db.channel.findMany({
    where: { clubId: ctx.clubId, kind: "sms", connection: { archivedAt: null, status: { in: ["active", "degraded"] } } },
    orderBy: { id: "asc" },
    select: { externalId: true, connection: { select: { id: true, provider: true, name: true } } },
  });
  const channel = channels.find(({ connection }) => canSend(connection.provider));
  if (channel === undefined) {
    return null;
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
      contact: { address: phone, externalId: null, name },
      text: "",
      sentAt: tx.now,
      media: [],
    },
  );
  const place = await findPlace(tx, ctx, arrival);
  await tx.db.contact.updateMany({
    where: { id: place.contactId, clubId: ctx.clubId, displayName: name, isAgentOff: false },
    data: { isAgentOff: true, updatedAt: tx.now },
  });
  return { place, connectionId, phone };
};

const canSend = (provider: string): boolean => {
  const known = Provider.safeParse(provider);
  return known.success && CONNECTORS[known.data]?.setup.capabilities.includes("message.send") === true;
};
