import "server-only";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { Connector, JsonValue } from "#server/connectors/ports.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { isCrowded, openConnector } from "#server/services/connections/open-connector.ts";
import { recordFailure } from "#server/services/connections/record-failure.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { dispatchEffect } from "#server/services/effects/dispatch-effect.ts";
import { ingestMessages } from "#server/services/messages/ingest-messages.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";

/** One poll of one connection has to end by then; a poller that was paused longer is refused at commit. */
const LEASE_SECONDS = 40;
/** Pages of a backlog read in one poll; the rest follows at once in the next. */
const MAX_PAGES = 10;
const PAGE_LIMIT = 100;
/** Waits of a connection in error double up to this. */
const MAX_ERROR_PAUSE_MS = 30_000;

export type PollResult = { readonly kind: "polled"; readonly storedCount: number } | { readonly kind: "not_due" | "failed" };

/**
 * Reads what is new on one connection, under a lease with a fencing token, and sets when it is due again: the quick pace
 * while a conversation is active, the slow one while idle, longer after errors. Whoever does not get the lease does nothing.
 */
export const pollConnection = async (
  ctx: ServiceContext,
  { connectionId, signal }: { readonly connectionId: Id<"connection">; readonly signal: AbortSignal },
): Promise<PollResult> => {
  assertCan(ctx, "connection.poll");
  const lease = await takeLease(ctx, connectionId);
  if (lease === null) {
    return { kind: "not_due" };
  }
  let connector: Connector | null = null;
  try {
    connector = await openConnector(ctx, { connectionId, signal });
    const { storedCount, waitSeconds } = await readPages(ctx, { connector, connectionId, lease });
    await release(ctx, { connectionId, lease, connector, errorCount: 0, waitSeconds });
    return { kind: "polled", storedCount };
  } catch (error) {
    if (signal.aborted || (error instanceof DomainError && error.code === "conflict")) {
      await release(ctx, { connectionId, lease, connector, errorCount: 0 });
      return { kind: "failed" };
    }
    await recordFailure(ctx, { connectionId, error });
    await release(ctx, { connectionId, lease, connector, errorCount: lease.errorCount + 1, error });
    return { kind: "failed" };
  }
};

type Lease = { readonly fencingToken: bigint; readonly errorCount: number; readonly cursor: JsonValue; readonly bodyHash: string | null };

const takeLease = (ctx: ServiceContext, connectionId: string): Promise<Lease | null> =>
  inTransaction(ctx, async (tx) => {
    const [row] = await tx.db.$queryRaw<{ fencingToken: bigint; errorCount: number }[]>`
      update "Connection" set "fencingToken" = "fencingToken" + 1, "leaseOwner" = ${ctx.requestId},
             "leaseUntil" = ${new Date(tx.now.getTime() + LEASE_SECONDS * 1_000)}
      where id = ${connectionId} and "clubId" = ${ctx.clubId} and "archivedAt" is null and status in ('active', 'degraded')
        and "nextPollAt" <= ${tx.now} and ("leaseUntil" is null or "leaseUntil" < ${tx.now})
      returning "fencingToken", "errorCount"`;
    if (row === undefined) {
      return null;
    }
    const cursor = await tx.db.syncCursor.findFirst({
      where: { clubId: ctx.clubId, connectionId, stream: "inbox" },
      select: { position: true, bodyHash: true },
    });
    return { ...row, cursor: (cursor?.position ?? null) as JsonValue, bodyHash: cursor?.bodyHash ?? null };
  });

type Reading = { readonly connector: Connector; readonly connectionId: Id<"connection">; readonly lease: Lease };

/** `waitSeconds`: null = the connection's own pace; 0 = a backlog is left, go on at once; more = the vendor asks for it. */
type PagesRead = { readonly storedCount: number; readonly waitSeconds: number | null };

const readPages = async (ctx: ServiceContext, { connector, connectionId, lease }: Reading): Promise<PagesRead> => {
  if (connector.inbox?.poll === undefined) {
    return { storedCount: 0, waitSeconds: null };
  }
  let { cursor, bodyHash } = lease;
  let storedCount = 0;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const result = await connector.inbox.poll({
      cursor,
      knownBodyHash: bodyHash,
      limit: PAGE_LIMIT,
      isCrowded: isCrowded(connectionId),
      knownOf: (externalIds) => knownOf(ctx, { connectionId, externalIds }),
    });
    // A page without news that is not the last one still moves the cursor: otherwise the same page would be read for ever.
    if (result.unchanged && result.messages.length === 0 && !result.more) {
      await noteSuccess(ctx, connectionId);
      return { storedCount, waitSeconds: result.retryAfterSeconds ?? null };
    }
    cursor = result.cursor;
    bodyHash = result.bodyHash ?? null;
    const stored = await ingestMessages(ctx, {
      connectionId,
      messages: result.messages,
      events: result.events ?? [],
      origin: { kind: "poll", fencingToken: lease.fencingToken, cursor, bodyHash },
    });
    storedCount += stored.storedCount;
    for (const effectId of stored.effectIds) {
      await dispatchEffect(ctx, { effectId });
    }
    if (!result.more || result.retryAfterSeconds !== undefined) {
      return { storedCount, waitSeconds: result.retryAfterSeconds ?? null };
    }
  }
  return { storedCount, waitSeconds: 0 };
};

const knownOf = async (
  ctx: ServiceContext,
  { connectionId, externalIds }: { readonly connectionId: string; readonly externalIds: readonly string[] },
): Promise<ReadonlySet<string>> =>
  inTransaction(ctx, async (tx) => {
    const rows = await tx.db.message.findMany({
      where: { clubId: ctx.clubId, connectionId, externalId: { in: [...externalIds] } },
      select: { externalId: true },
    });
    return new Set(rows.flatMap(({ externalId }) => externalId ?? []));
  });

const noteSuccess = (ctx: ServiceContext, connectionId: string): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await tx.db.connection.updateMany({ where: { id: connectionId, clubId: ctx.clubId }, data: { lastSuccessAt: tx.now } });
  });

type Release = {
  readonly connectionId: string;
  readonly lease: Lease;
  readonly connector: Connector | null;
  readonly errorCount: number;
  readonly waitSeconds?: number | null;
  readonly error?: unknown;
};

const release = async (ctx: ServiceContext, { connectionId, lease, connector, errorCount, waitSeconds, error }: Release): Promise<void> => {
  const pace = connector?.pace ?? { activeMs: 10_000, idleMs: 10_000, errorMs: MAX_ERROR_PAUSE_MS };
  const asked = error instanceof ConnectorError && error.retryAfterSeconds !== undefined ? error.retryAfterSeconds * 1_000 : 0;
  try {
    await inTransaction(ctx, async (tx) => {
      const row = await tx.db.connection.findFirst({
        where: { id: connectionId, clubId: ctx.clubId, fencingToken: lease.fencingToken },
        select: { activeUntil: true, status: true },
      });
      if (row === null) {
        return;
      }
      const isActive = row.activeUntil !== null && row.activeUntil > tx.now;
      const ownPace = isActive ? pace.activeMs : pace.idleMs;
      const wait =
        errorCount > 0
          ? Math.max(Math.min(pace.idleMs * 2 ** (errorCount - 1), pace.errorMs), asked)
          : waitSeconds == null
            ? ownPace
            : waitSeconds * 1_000;
      const hasRecovered = errorCount === 0 && lease.errorCount > 0;
      await tx.db.connection.updateMany({
        where: { id: connectionId, clubId: ctx.clubId, fencingToken: lease.fencingToken },
        data: {
          leaseUntil: null,
          leaseOwner: null,
          nextPollAt: new Date(tx.now.getTime() + wait),
          ...(hasRecovered ? { errorCount: 0, lastErrorKind: null, status: row.status === "degraded" ? "active" : row.status } : {}),
        },
      });
      if (hasRecovered) {
        await settleAlert(tx, ctx, `connection:${connectionId}`);
        await recordAudit(tx, ctx, { action: "connection.polled", entityId: connectionId, details: { hasRecovered } });
        tx.news.changes.push({ topic: "connection" });
      }
    });
  } catch (failure) {
    // The lease ends by itself; the next poller goes on from the stored cursor.
    log.warn({ err: failure, connectionId }, "a poll lease could not be released");
  }
};
