import "server-only";

import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import { createCircuitBreaker, type CircuitBreaker } from "#server/connectors/_shared/circuit-breaker.ts";
import { createMemorySession } from "#server/connectors/_shared/memory-session.ts";
import { createNetwork } from "#server/connectors/_shared/network.ts";
import { createTokenBucket, type TokenBucket } from "#server/connectors/_shared/token-bucket.ts";
import type { Connector, SessionStore } from "#server/connectors/ports.ts";
import { CONNECTORS } from "#server/connectors/registry.ts";
import type { VendorLimits } from "#server/connectors/setup.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { now } from "#server/platform/clock.ts";
import { env } from "#server/platform/env.ts";
import { sha256 } from "#server/platform/keys.ts";
import { withClub } from "#server/platform/tenant.ts";
import { vendorBaseUrl } from "#server/services/connections/vendor-addresses.ts";
import { connectorNotes } from "#server/services/connections/connector-notes.ts";
import { openCredentials } from "#server/services/connections/credentials.ts";
import { reportPause } from "#server/services/connections/report-pause.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { relayRoad } from "#server/services/relay/call-relay.ts";

export const Settings = z.record(z.string(), z.string());

/** What one process keeps of a connection between calls: its login, its pace and its pause. Nothing that must survive. */
type Standing = {
  readonly bucket: TokenBucket;
  readonly breaker: CircuitBreaker;
  /** A login belongs to the account it was made with: other credentials or settings begin another one. */
  login: { readonly accountHash: string; readonly session: SessionStore };
};
// Routes and functions are bundled apart: were this a variable of the module, each bundle would log in and pace by itself.
const shared = globalThis as typeof globalThis & { spotterStandings?: Map<string, Standing> };
const standings = (shared.spotterStandings ??= new Map());

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;

/**
 * The connector of one connection, ready to call. Opened outside any transaction that does work: a vendor is never
 * called while a database connection is held. @throws `not_found`, and `precondition_failed` when it is disabled.
 */
export const openConnector = async (
  ctx: Scope,
  { connectionId, signal }: { readonly connectionId: string; readonly signal?: AbortSignal },
): Promise<Connector> => {
  const { row, credentials, timeZone } = await withClub(ctx, async (tx) => {
    const found = await tx.db.connection.findFirst({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
      select: { id: true, provider: true, status: true, settings: true, club: { select: { timeZone: true } } },
    });
    if (found === null) {
      throw notFound("connection");
    }
    const opened = await openCredentials(tx, ctx, { connectionId });
    return { row: found, credentials: opened.credentials, timeZone: found.club.timeZone };
  });
  if (row.status === "disabled") {
    throw new DomainError("precondition_failed", "this connection is paused");
  }
  const settings = { timeZone, ...Settings.parse(row.settings) };
  return buildConnector(ctx, { connectionId: row.id, provider: Provider.parse(row.provider), credentials, settings, signal });
};

type Parts = {
  readonly connectionId: string;
  readonly provider: Provider;
  readonly credentials: Readonly<Record<string, string>>;
  readonly settings: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  /** A login, a pace and a pause of their own under this name, apart from what the connection does meanwhile. */
  readonly apart?: string;
};

/** The same for credentials that are not stored, such as those a person has just typed in to be tested. */
export const buildConnector = (ctx: Scope, { connectionId, provider, credentials, settings, signal, apart }: Parts): Connector => {
  const entry = CONNECTORS[provider];
  if (entry === undefined) {
    throw new DomainError("precondition_failed", "this provider cannot be connected yet", { details: { provider } });
  }
  const baseUrl = vendorBaseUrl(provider);
  const { bucket, breaker, login } = standingOf(ctx, {
    connectionId,
    apart,
    limits: entry.setup.limits,
    accountHash: sha256(JSON.stringify([credentials, settings])),
  });
  const network = createNetwork({
    trustedOrigins: baseUrl === undefined ? [] : [new URL(baseUrl).origin],
    allowedRanges: env.CONNECT_ALLOW_RANGES,
    bucket,
    breaker,
  });
  // Vendors that are told with each call where to report what became of it.
  const webhookUrl = new URL(`/api/webhooks/${provider}/${connectionId}`, env.APP_URL).toString();
  return entry.create({
    connectionId,
    credentials,
    settings: { ...settings, baseUrl, webhookUrl },
    ...network,
    now,
    session: login.session,
    relay: relayRoad(ctx, { connectionId, takeTurn: network.takeTurn }),
    notes: connectorNotes(ctx, connectionId),
    signal,
  });
};

/** Forgets what this process knows of a connection that is gone or begins anew, or under a name of its own. */
export const forgetStanding = (connectionIdOrApart: string): void => {
  standings.delete(connectionIdOrApart);
};

/** Chosen by us: whoever would wait longer takes no place ahead, and is told by the call itself to come back. */
const LONGEST_AHEAD_MS = 8_000;

/**
 * Waits until a call of this connection may go out, and keeps that place for the next one. For those who write down that a call is
 * under way before they make it: a crash in between leaves it in doubt, so nothing of that time should be spent in a queue.
 */
export const takeTurnAhead = async (connectionId: string): Promise<{ readonly giveBack: () => void }> => {
  const bucket = standings.get(connectionId)?.bucket;
  const waitMs = bucket?.takeAhead(LONGEST_AHEAD_MS) ?? Infinity;
  if (bucket === undefined || waitMs > LONGEST_AHEAD_MS) {
    return { giveBack: () => undefined };
  }
  await sleep(waitMs);
  bucket.keep();
  return { giveBack: bucket.giveBack };
};

/** Calls that could go out at once, as this process knows it; `null` where it has made none. */
export const callsLeft = (connectionId: string): number | null => standings.get(connectionId)?.bucket.left() ?? null;

/** Many texts are going out on this connection right now, as this process knows it. */
export const isCrowded = (connectionId: string): boolean => standings.get(connectionId)?.bucket.isCrowded() ?? false;

type StandingInput = {
  readonly connectionId: string;
  readonly apart: string | undefined;
  readonly limits: VendorLimits;
  readonly accountHash: string;
};

const standingOf = (ctx: Scope, { connectionId, apart, limits, accountHash }: StandingInput): Standing => {
  const existing = standings.get(apart ?? connectionId);
  if (existing !== undefined) {
    if (existing.login.accountHash !== accountHash) {
      existing.login = { accountHash, session: createMemorySession() };
    }
    return existing;
  }
  const nowMs = (): number => now().getTime();
  const created: Standing = {
    bucket: createTokenBucket(limits, nowMs),
    breaker: createCircuitBreaker({
      nowMs,
      // What happens apart says nothing about the connection itself.
      onChange: (isOpen) => (apart === undefined ? reportPause(ctx, { connectionId, isPaused: isOpen }) : undefined),
    }),
    login: { accountHash, session: createMemorySession() },
  };
  standings.set(apart ?? connectionId, created);
  return created;
};
