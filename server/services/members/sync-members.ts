import "server-only";

import type { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import { DomainError, notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { Provider } from "#server/domain/vocabulary.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { PAGES_MAX_COUNT, RESUME_WITHIN_HOURS, SYNC_LEASE_MINUTES } from "#server/services/members/limits.ts";
import { syncStart, SyncMembersInput, SyncPlace, type SyncClaim, type SyncResult } from "#server/services/members/schemas.ts";
import { storePage } from "#server/services/members/store-page.ts";
import { recordFailure, recordSuccess } from "#server/services/members/sync-health.ts";

/**
 * Reads all people of one connection, page by page, each page in a transaction of its own and none while the vendor is
 * asked. Goes on where a pass that broke off had come to. A failure of the vendor is recorded and comes back as a value.
 * @throws `not_found` for a connection of another club, `precondition_failed` when it is off or lists nobody,
 * `conflict` when the lease was taken over meanwhile
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

const readAll = async (ctx: ServiceContext, claim: SyncClaim): Promise<SyncPlace> => {
  const { people } = await openConnector(ctx, { connectionId: claim.connectionId });
  if (people === undefined) {
    throw new DomainError("precondition_failed", "this connection has no list of members");
  }
  let place = claim.place;
  for (let pageCount = 0; pageCount < PAGES_MAX_COUNT; pageCount += 1) {
    const page = await people.listMembers({ cursor: place.cursor });
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
    const before = await tx.db.connection.findFirst({ where, select: { status: true } });
    if (before === null) {
      throw notFound("connection");
    }
    if (before.status === "disabled") {
      throw new DomainError("precondition_failed", "this connection is switched off");
    }
    const { count } = await tx.db.connection.updateMany({
      where: { ...where, OR: [{ leaseOwner: null }, { leaseUntil: null }, { leaseUntil: { lte: tx.now } }] },
      data: {
        leaseOwner: ctx.requestId,
        leaseUntil: new Date(tx.now.getTime() + SYNC_LEASE_MINUTES * 60_000),
        fencingToken: { increment: 1 },
      },
    });
    if (count === 0) {
      return null;
    }
    const row = await tx.db.connection.findFirstOrThrow({
      where,
      select: { name: true, provider: true, status: true, errorCount: true, fencingToken: true },
    });
    return { connectionId, ...row, provider: Provider.parse(row.provider), place: await placeOf(tx, ctx, connectionId) };
  });

const placeOf = async (tx: ServiceTx, ctx: ServiceContext, connectionId: string): Promise<SyncPlace> => {
  const stored = await tx.db.syncCursor.findFirst({
    where: { clubId: ctx.clubId, connectionId, stream: "members" },
    select: { position: true, updatedAt: true },
  });
  const isFresh = stored !== null && tx.now.getTime() - stored.updatedAt.getTime() < RESUME_WITHIN_HOURS * 3_600_000;
  return (isFresh ? SyncPlace.safeParse(stored.position).data : undefined) ?? syncStart(tx.now);
};
