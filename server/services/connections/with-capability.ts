import "server-only";

import type { Capability } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { PROVIDERS } from "#server/domain/vocabulary.ts";
import type { Tx } from "#server/platform/tenant.ts";

type Scope = { readonly clubId: string };

/** Connections of the club in use whose vendor can do this; what one can with its settings shows when it is opened. */
export const connectionsWith = async (tx: Tx, { clubId }: Scope, capability: Capability): Promise<readonly Id<"connection">[]> => {
  const providers = PROVIDERS.filter((provider) => CONNECTORS[provider]?.setup.capabilities.includes(capability) === true);
  const rows = await tx.db.connection.findMany({
    where: { clubId, provider: { in: providers }, archivedAt: null, status: { in: ["active", "degraded"] } },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  return rows.map(({ id }) => asId("connection", id));
};
