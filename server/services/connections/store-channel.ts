import "server-only";

import type { ConnectorSetup } from "#server/connectors/setup.ts";
import { DomainError } from "#server/domain/errors.ts";
import { newId } from "#server/platform/ids.ts";
import type { Values } from "#server/services/connections/setup-values.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type ChannelInput = { readonly setup: ConnectorSetup; readonly connectionId: string; readonly name: string; readonly values: Values };

/**
 * The channel that messages of a connection arrive on, as its values name it; one that they no longer name is closed,
 * its conversations stay. @throws `conflict` when another connection of the club reads the same number or inbox
 */
export const storeChannel = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { setup, connectionId, name, values }: ChannelInput,
): Promise<void> => {
  const { channel } = setup;
  const externalId = channel === null ? undefined : values[channel.externalIdField];
  if (channel === null || externalId === undefined) {
    return;
  }
  const others = await tx.db.channel.count({
    where: {
      clubId: ctx.clubId,
      externalId,
      kind: channel.kind,
      connectionId: { not: connectionId },
      connection: { archivedAt: null, provider: setup.provider },
    },
  });
  if (others > 0) {
    throw new DomainError("conflict", `this ${channel.kind === "sms" ? "number" : "inbox"} is connected already`);
  }
  const place = { clubId: ctx.clubId, connectionId, externalId };
  const address = channel.addressField === null ? null : (values[channel.addressField] ?? null);
  await tx.db.channel.createMany({
    data: { id: newId("channel"), franchiseId: ctx.franchiseId, ...place, kind: channel.kind, name, address, createdAt: tx.now },
    skipDuplicates: true,
  });
  await tx.db.channel.updateMany({ where: place, data: { archivedAt: null, ...(address === null ? {} : { address }) } });
  await tx.db.channel.updateMany({
    where: { clubId: ctx.clubId, connectionId, externalId: { not: externalId }, archivedAt: null },
    data: { archivedAt: tx.now },
  });
};
