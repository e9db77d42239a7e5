import "server-only";

import type { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary-schemas.ts";
import { newId } from "#server/platform/ids.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { PAGES_MAX_COUNT, RESUME_WITHIN_HOURS, SYNC_LEASE_MINUTES } from "#server/services/members/limits.ts";
import { syncStart, SyncMembersInput, SyncPlace, type SyncClaim, type SyncResult } from "#server/services/members/schemas.ts";
import { keepPlace } from "#server/services/members/keep-place.ts";
import { storePage } from "#server/services/members/store-page.ts";
import { recordFailure, recordNobody, recordSuccess } from "#server/services/members/sync-health.ts";

/**
 * Reads all people of one connection, page by page, each page in a transaction of its own and none while the vendor is
 * asked. Goes on where a pass that broke off had come to. A failure of the vendor is recorded and comes back as a value.
 * @throws `not_found` for a connection of another club, `precondition_failed` when it is off, `conflict` when another
 * reading has taken over meanwhile
 */
export const syncMembers = async (ctx: ServiceContext, raw: z.input<typeof SyncMembersInput>): Promise<SyncResult> => {
  assertCan(ctx, "member.sync");
  const { connectionId } = SyncMembersInput.parse(raw);
  const claim = await claimSync(ctx, connectionId);
  if (claim === null) {
    return { kind: "busy" };
  }
  try {
    const place = await readAll(ctx, claim);
    if (place === null) {
      await recordNobody(ctx, claim);
      return { kind: "none" };
    }
    const archivedCount = await recordSuccess(ctx, { claim, place });
    const { createdCount, changedCount, mergedCount, unchangedCount, failureCount } = place;
    return { kind: "synced", createdCount, changedCount, mergedCount, unchangedCount, failureCount, archivedCount };
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      throw error;
    }
    return { kind: "failed", failure: error.kind, retryAt: await recordFailure(ctx, { claim, error }) };
  }
};

/** `null` = the connector lists nobody. */
const readAll = async (ctx: ServiceContext, claim: SyncClaim): Promise<SyncPlace | null> => {
  const { people } = await openConnector(ctx, { connectionId: claim.connectionId });
  if (people === undefined) {
    return null;
  }
  let place = claim.place;
  let coming = people.listMembers({ cursor: place.cursor });
  for (let pageCount = 0; pageCount < PAGES_MAX_COUNT; pageCount += 1) {
    const page = await coming;
    if (page.cursor !== null) {
      // The vendor looks for the next page while this one is stored. If storing fails, nobody waits for it any more.
      coming = people.listMembers({ cursor: page.cursor });
      coming.catch(() => undefined);
    }
    place = await storePage(ctx, { claim, place, page });
    if (place.cursor === null) {
      return place;
    }
  }
  throw new ConnectorError("malformed", "the list of members does not end");
};

/** Takes the lease; null while somebody else holds it. The rest after a failure has no owner and stops only the schedule. */
const claimSync = (ctx: ServiceContext, connectionId: Id<"connection">): Promise<SyncClaim | null> =>
  inTransaction(ctx, async (tx) => {
    const where = { id: connectionId, clubId: ctx.clubId, archivedAt: null };
    const before = await tx.db.connection.findFirst({ where, select: { status: true, nextPollAt: true } });
    if (before === null) {
      throw notFound("connection");
    }
    if (before.status === "disabled") {
      throw new DomainError("precondition_failed", "this connection is switched off");
    }
    const isPolled = before.nextPollAt !== null;
    const place = isPolled ? await holdPlace(tx, ctx, connectionId) : await placeOf(tx, ctx, connectionId);
    const hasLease = place !== null && (isPolled || (await takeLease(tx, ctx, connectionId)));
    if (place === null || !hasLease) {
      return null;
    }
    const row = await tx.db.connection.findFirstOrThrow({
      where,
      select: { name: true, provider: true, status: true, errorCount: true, fencingToken: true },
    });
    return { connectionId, ...row, isPolled, provider: Provider.parse(row.provider), place };
  });

const takeLease = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<boolean> => {
  const { count } = await tx.db.connection.updateMany({
    where: { id: connectionId, clubId: ctx.clubId, OR: [{ leaseOwner: null }, { leaseUntil: null }, { leaseUntil: { lte: tx.now } }] },
    data: {
      leaseOwner: ctx.requestId,
      leaseUntil: new Date(tx.now.getTime() + SYNC_LEASE_MINUTES * 60_000),
      fencingToken: { increment: 1 },
    },
  });
  return count > 0;
};

/**
 * A connection whose inbox is polled is held through its place in the list, which names who reads: the lease on the row
 * belongs to the polls, which must not wait for a list of minutes. `null` = somebody has moved it within the lease time.
 */
const holdPlace = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<SyncPlace | null> => {
  await tx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${ctx.clubId}|members|${connectionId}`}, 0))`;
  const where = { clubId: ctx.clubId, connectionId, stream: "members" };
  const stored = await tx.db.syncCursor.findFirst({ where, select: { position: true, updatedAt: true } });
  const isHeld = stored !== null && stored.position !== null && tx.now.getTime() - stored.updatedAt.getTime() < SYNC_LEASE_MINUTES * 60_000;
  if (isHeld) {
    return null;
  }
  const place = { ...(await placeOf(tx, ctx, connectionId)), holder: newId("syncCursor") };
  await keepPlace(tx, ctx, { connectionId, place });
  return place;
};

const placeOf = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<SyncPlace> => {
  const stored = await tx.db.syncCursor.findFirst({
    where: { clubId: ctx.clubId, connectionId, stream: "members" },
    select: { position: true, updatedAt: true },
  });
  const isFresh = stored !== null && tx.now.getTime() - stored.updatedAt.getTime() < RESUME_WITHIN_HOURS * 3_600_000;
  return (isFresh ? SyncPlace.safeParse(stored.position).data : undefined) ?? syncStart(tx.now);
};
