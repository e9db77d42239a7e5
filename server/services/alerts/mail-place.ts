import "server-only";

import type { Id } from "#server/domain/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { findPlace, type Place } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

export type MailPlace = { readonly place: Place; readonly connectionId: Id<"connection">; readonly address: string };

const CONTACT_NAME = "Reports";

/**
 * The thread with an e-mail address of the club's own people, over the club's mailbox; Spotter itself answers nothing in it. Null where
 * no mailbox of the club can send.
 */
export const mailPlace = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { address }: { readonly address: string },
): Promise<MailPlace | null> => {
  const channel = (await sendingChannels(tx, ctx)).get("email");
  if (channel === undefined) {
    return null;
  }
  const club = await tx.db.club.findFirstOrThrow({ where: { id: ctx.clubId }, select: { name: true, phone: true } });
  const place = await findPlace(
    tx,
    ctx,
    prepareArrival(
      { ...channel.connection, clubName: club.name, clubPhone: club.phone },
      {
        externalId: "",
        direction: "outbound",
        channelExternalId: channel.externalId,
        contact: { address, externalId: null, name: CONTACT_NAME },
        text: "",
        sentAt: tx.now,
        media: [],
      },
    ),
  );
  await tx.db.contact.updateMany({
    where: { id: place.contactId, clubId: ctx.clubId, displayName: CONTACT_NAME, isAgentOff: false },
    data: { isAgentOff: true, updatedAt: tx.now },
  });
  return { place, connectionId: channel.connection.id, address };
};
