import "server-only";

import type { ChannelKind } from "#server/domain/vocabulary.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { sendingChannels } from "#server/services/messages/sending-channels.ts";

/** A text reaches people soonest; an e-mail is what is left where there is no number. */
const KINDS_BY_PREFERENCE = ["sms", "clubos", "email"] as const satisfies readonly ChannelKind[];

type Channel = Awaited<ReturnType<typeof sendingChannels>> extends Map<ChannelKind, infer One> ? One : never;

export type Road = {
  readonly channel: Channel;
  readonly kind: ChannelKind;
  readonly identity: { readonly address: string | null; readonly externalId: string | null; readonly addressKey: string };
};

type Wanted = {
  readonly contactIds: readonly string[];
  /** Only over these kinds of channels. */
  readonly kinds?: readonly ChannelKind[];
};

/** The best way to write to each of these contacts, in two statements; whom no channel of the club reaches is missing. */
export const roadsTo = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { contactIds, kinds = KINDS_BY_PREFERENCE }: Wanted,
): Promise<ReadonlyMap<string, Road>> => {
  const channels = await sendingChannels(tx, ctx);
  const rows = await tx.db.contactIdentity.findMany({
    where: { clubId: ctx.clubId, contactId: { in: [...contactIds] }, channelKind: { in: [...channels.keys()] } },
    orderBy: { id: "asc" },
    select: { contactId: true, channelKind: true, address: true, externalId: true, addressKey: true },
  });
  const roads = new Map<string, Road>();
  for (const kind of KINDS_BY_PREFERENCE.filter((each) => kinds.includes(each)).toReversed()) {
    const channel = channels.get(kind);
    for (const { channelKind, contactId, ...identity } of channel === undefined ? [] : rows.toReversed()) {
      if (channel !== undefined && channelKind === kind && (identity.address ?? identity.externalId) !== null) {
        roads.set(contactId, { channel, kind, identity });
      }
    }
  }
  return roads;
};
