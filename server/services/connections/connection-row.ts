import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { asId, idSchema, type Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { openCredentials, type SealedCredentials } from "#server/services/connections/credentials.ts";
import { Settings } from "#server/services/connections/open-connector.ts";
import type { Values } from "#server/services/connections/setup-values.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** What names one connection to a verb. */
export const ConnectionInput = z.object({ connectionId: idSchema("connection") });

export type StoredConnection = {
  readonly id: Id<"connection">;
  readonly provider: Provider;
  readonly name: string;
  readonly status: string;
  readonly timeZone: string;
  readonly settings: Values;
  readonly credentials: Values;
  readonly sealed: SealedCredentials;
};

/** A connection of this club with its credentials opened: for testing and replacing them, and for nothing that is answered. */
export const readConnection = async (tx: Tx, ctx: ServiceContext, connectionId: string): Promise<StoredConnection> => {
  const row = await tx.db.connection.findFirst({
    where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
    select: { id: true, provider: true, name: true, status: true, settings: true, club: { select: { timeZone: true } } },
  });
  if (row === null) {
    throw notFound("connection");
  }
  const { sealed, credentials } = await openCredentials(tx, ctx, { connectionId });
  return {
    id: asId("connection", row.id),
    provider: Provider.parse(row.provider),
    name: row.name,
    status: row.status,
    timeZone: row.club.timeZone,
    settings: Settings.parse(row.settings),
    credentials,
    sealed,
  };
};

/** Locks the row to the end of the transaction. @throws `not_found` */
export const lockConnection = async (tx: Tx, ctx: ServiceContext, connectionId: string): Promise<void> => {
  const rows = await tx.db.$queryRaw<{ id: string }[]>`
    select id from "Connection" where id = ${connectionId} and "clubId" = ${ctx.clubId} and "archivedAt" is null for update`;
  if (rows.length === 0) {
    throw notFound("connection");
  }
};
