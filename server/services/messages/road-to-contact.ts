import "server-only";

import type { ChannelKind } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { findPlace } from "#server/services/messages/find-place.ts";
import { prepareArrival } from "#server/services/messages/prepare-arrival.ts";
import { roadsTo } from "#server/services/messages/roads-to.ts";

type Wanted = {
  readonly contactId: string;
  readonly club: { readonly name: string; readonly phone: string | null };
  /** Only over this kind of channel; the best one where it is left out. */
  readonly kind?: ChannelKind;
};

/**
 * The best channel that leads to a contact now, with the conversation it would stand in; null where none does, or where the
 * address has come to mean somebody else.
 */
export const roadToContact = async (tx: ServiceTx, ctx: ServiceContext, { contactId, club, kind: only }: Wanted) => {
  const roads = await roadsTo(tx, ctx, { contactIds: [contactId], ...(only === undefined ? {} : { kinds: [only] }) });
  const road = roads.get(contactId);
  if (road === undefined) {
    return null;
  }
  const { channel, identity } = road;
  const place = await findPlace(
    tx,
    ctx,
    prepareArrival(
      { ...channel.connection, clubName: club.name, clubPhone: club.phone },
      {
        externalId: "",
        direction: "outbound",
        channelExternalId: channel.externalId,
        contact: { address: identity.address, externalId: identity.externalId, name: null },
        text: "",
        sentAt: tx.now,
        media: [],
      },
    ),
  );
  return place.contactId === contactId ? { ...road, place } : null;
};
