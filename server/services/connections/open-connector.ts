import "server-only";

import { z } from "zod";

import { createFetchHttp } from "#server/connectors/_shared/fetch-http.ts";
import { createMemorySession } from "#server/connectors/_shared/memory-session.ts";
import type { Connector, SessionStore } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { Provider } from "#server/domain/vocabulary.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { withClub } from "#server/platform/tenant.ts";
import { openCredentials } from "#server/services/connections/credentials.ts";
import type { ServiceContext } from "#server/services/context.ts";

const Settings = z.record(z.string(), z.string());

/** Logins live in this process only, one store per connection. */
const sessions = new Map<string, SessionStore>();
const http = createFetchHttp();

/** Addresses of the vendors: the installation's, never one that a user typed. */
const baseUrls = (): Partial<Record<Provider, string>> => ({
  openphone: env.OPENPHONE_BASE_URL,
  clubos: env.CLUBOS_BASE_URL,
  clubhub: env.CLUBHUB_BASE_URL,
});

/**
 * The connector of one connection, ready to call. Opened outside any transaction that does work: a vendor is never
 * called while a database connection is held. @throws `not_found`, and `precondition_failed` when it is disabled.
 */
export const openConnector = async (
  ctx: Pick<ServiceContext, "franchiseId" | "clubId">,
  { connectionId, signal }: { readonly connectionId: string; readonly signal?: AbortSignal },
): Promise<Connector> => {
  const { row, credentials, timeZone } = await withClub(ctx, async (tx) => {
    const found = await tx.db.connection.findFirst({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
      select: { id: true, provider: true, status: true, settings: true, sealedCredentials: true, club: { select: { timeZone: true } } },
    });
    if (found === null) {
      throw notFound("connection");
    }
    const opened = await openCredentials(tx, ctx, { connectionId, sealed: found.sealedCredentials });
    return { row: found, credentials: opened, timeZone: found.club.timeZone };
  });
  if (row.status === "disabled") {
    throw new DomainError("precondition_failed", "this connection is switched off");
  }
  const provider = Provider.parse(row.provider);
  const factory = CONNECTORS[provider];
  if (factory === undefined) {
    throw new DomainError("precondition_failed", "this provider cannot be connected yet", { details: { provider } });
  }
  return factory({
    connectionId: row.id,
    credentials,
    settings: { timeZone, ...Settings.parse(row.settings), baseUrl: baseUrls()[provider] },
    http,
    now,
    session: sessionOf(row.id),
    signal,
  });
};

const sessionOf = (connectionId: string): SessionStore => {
  const existing = sessions.get(connectionId);
  if (existing !== undefined) {
    return existing;
  }
  const created = createMemorySession();
  sessions.set(connectionId, created);
  return created;
};
