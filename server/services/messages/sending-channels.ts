import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId } from "#server/domain/ids.ts";
import { ChannelKind, Provider } from "#server/domain/vocabulary-schemas.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** The club's channel of each kind over which something can be written now; of several of a kind the oldest. */
export const sendingChannels = async (tx: Tx, ctx: Pick<ServiceContext, "clubId">) => {
  const rows = await tx.db.channel.findMany({
    where: { clubId: ctx.clubId, archivedAt: null, connection: { archivedAt: null, status: { in: ["active", "degraded"] } } },
    orderBy: { id: "desc" },
    select: { id: true, kind: true, externalId: true, connection: { select: { id: true, provider: true, name: true } } },
  });
  return new Map(
    rows.flatMap(({ kind, externalId, connection }) => {
      const provider = Provider.parse(connection.provider);
      const canSend = CONNECTORS[provider]?.setup.capabilities.includes("message.send") === true;
      const channel = { externalId, connection: { ...connection, provider, id: asId("connection", connection.id) } };
      return canSend ? [[ChannelKind.parse(kind), channel] as const] : [];
    }),
  );
};
