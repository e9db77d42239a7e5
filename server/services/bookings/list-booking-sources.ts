import "server-only";

import { CONNECTORS } from "#server/connectors/registry.ts";
import { asId, type Id } from "#server/domain/ids.ts";
import { PROVIDERS } from "#server/domain/vocabulary.ts";
import { withSystem } from "#server/platform/tenant.ts";

export type BookingSourceDue = {
  readonly franchiseId: Id<"franchise">;
  readonly clubId: Id<"club">;
  readonly connectionId: Id<"connection">;
};

/** Connections of all clubs whose vendor may show bookings; whether one does is known when it is opened. */
export const listBookingSources = async (): Promise<readonly BookingSourceDue[]> => {
  const providers = PROVIDERS.filter((provider) => CONNECTORS[provider]?.setup.capabilities.includes("bookings.read") === true);
  const rows = await withSystem((tx) =>
    tx.db.connection.findMany({
      where: { provider: { in: providers }, status: { in: ["active", "degraded"] }, archivedAt: null },
      orderBy: { id: "asc" },
      select: { id: true, franchiseId: true, clubId: true },
    }),
  );
  return rows.map(({ id, franchiseId, clubId }) => ({
    franchiseId: asId("franchise", franchiseId),
    clubId: asId("club", clubId),
    connectionId: asId("connection", id),
  }));
};
