import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import type { ConnectorSetup } from "#server/connectors/setup.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

export type ProviderOffer = ConnectorSetup & {
  readonly connections: readonly { readonly id: Id<"connection">; readonly name: string; readonly status: string }[];
};

/** Every vendor that can be connected, with what its page must ask for, and what of it is connected already. */
export const listProviders = async (ctx: ServiceContext): Promise<readonly ProviderOffer[]> => {
  assertCan(ctx, "connection.read");
  const rows = await withClub(ctx, (tx) =>
    tx.db.connection.findMany({
      where: { clubId: ctx.clubId, archivedAt: null },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, provider: true, name: true, status: true },
    }),
  );
  return Object.values(CONNECTORS)
    .map(({ setup }) => ({
      ...setup,
      connections: rows.flatMap(({ id, provider, name, status }) =>
        provider === setup.provider ? [{ id: asId("connection", id), name, status }] : [],
      ),
    }))
    .toSorted((a, b) => a.name.localeCompare(b.name, "en"));
};
