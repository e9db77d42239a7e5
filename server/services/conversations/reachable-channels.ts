import "server-only";

import { CHANNEL_KINDS, type ChannelKind } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

/** The kinds of channels over which the club can write to a contact now, in a fixed order. */
export const reachableChannels = async (tx: Tx, ctx: ServiceContext, contactId: string): Promise<readonly ChannelKind[]> => {
  const channels = await sendingChannels(tx, ctx);
  const identities = await tx.db.contactIdentity.findMany({
    where: { clubId: ctx.clubId, contactId, channelKind: { in: [...channels.keys()] } },
    select: { channelKind: true, address: true, externalId: true },
  });
  const kinds = new Set(
    identities.filter(({ address, externalId }) => (address ?? externalId) !== null).map(({ channelKind }) => channelKind),
  );
  return CHANNEL_KINDS.filter((kind) => kinds.has(kind));
};
