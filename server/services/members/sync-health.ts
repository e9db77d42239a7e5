import "server-only";

import type { ConnectorError } from "#server/connectors/errors.ts";
import { DomainError } from "#server/domain/errors.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";
import { archiveMissing } from "#server/services/members/archive-missing.ts";
import { FAILURES_BEFORE_ALERT, REAUTH_REST_MINUTES, SYNC_REST_MINUTES } from "#server/services/members/limits.ts";
import type { SyncClaim, SyncPlace } from "#server/services/members/schemas.ts";

type Success = { readonly claim: SyncClaim; readonly place: SyncPlace };
type Failure = { readonly claim: SyncClaim; readonly error: ConnectorError };

const alertKeys = ({ connectionId }: SyncClaim) => ({
  unauthorized: `members-unauthorized:${connectionId}`,
  failing: `members-failing:${connectionId}`,
  partial: `members-partial:${connectionId}`,
});

/** A pass came to its end: the connection is well, its cards close, and who is gone for good is archived. Returns how many. */
export const recordSuccess = (ctx: ServiceContext, { claim, place }: Success): Promise<number> =>
  inTransaction(ctx, async (tx) => {
    await release(tx, ctx, {
      claim,
      data: { status: "active", lastSuccessAt: tx.now, errorCount: 0, lastErrorKind: null, leaseUntil: null },
    });
    const archivedCount = place.mayHaveMissed ? 0 : await archiveMissing(tx, ctx, { claim, place });
    const keys = alertKeys(claim);
    await settleAlert(tx, ctx, keys.unauthorized);
    await settleAlert(tx, ctx, keys.failing);
    if (place.failureCount === 0) {
      await settleAlert(tx, ctx, keys.partial);
    } else {
      await raiseAlert(tx, ctx, {
        kind: "connection_failing",
        severity: "info",
        key: keys.partial,
        title: `${claim.name} left something out`,
        detail: `Balance or visits of ${place.failureCount} people could not be read. Everything else is up to date; the next reading tries again.`,
        connectionId: claim.connectionId,
      });
    }
    if (claim.status !== "active" || claim.errorCount > 0 || place.createdCount + place.changedCount + archivedCount > 0) {
      tx.news.changes.push({ topic: "connection" });
    }
    return archivedCount;
  });

/** The connector lists nobody: whatever was taken to read the list is let go. */
export const recordNobody = (ctx: ServiceContext, claim: SyncClaim): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    await release(tx, ctx, { claim, data: { leaseUntil: null } });
    await forgetPlace(tx, ctx, claim);
  });

/** Counts the failure, rests the connection and tells people when they are needed. Returns when it is due again. */
export const recordFailure = (ctx: ServiceContext, { claim, error }: Failure): Promise<Date> =>
  inTransaction(ctx, async (tx) => {
    const isUnauthorized = error.kind === "unauthorized";
    const restMinutes = isUnauthorized ? REAUTH_REST_MINUTES : SYNC_REST_MINUTES;
    const retryAt = new Date(tx.now.getTime() + Math.max(restMinutes * 60, error.retryAfterSeconds ?? 0) * 1_000);
    // What passes is counted and told of by the readings of the inbox, where there is one.
    const errorCount = claim.isPolled ? 1 : claim.errorCount + 1;
    // What is malformed or refused today is so again in five minutes: people are told at once.
    const isLasting = error.kind === "malformed" || error.kind === "rejected" || errorCount >= FAILURES_BEFORE_ALERT;
    const status = isUnauthorized ? { status: "needs_reauth" } : isLasting ? { status: "degraded" } : {};
    await release(tx, ctx, { claim, data: { ...status, lastErrorAt: tx.now, lastErrorKind: error.kind, errorCount, leaseUntil: retryAt } });
    if (error.kind === "malformed") {
      await forgetPlace(tx, ctx, claim);
    }
    if (isUnauthorized || isLasting) {
      await alarm(tx, ctx, { claim, error });
    }
    tx.news.changes.push({ topic: "connection" });
    return retryAt;
  });

const alarm = (tx: ServiceTx, ctx: ServiceContext, { claim, error }: Failure): Promise<void> => {
  const keys = alertKeys(claim);
  return error.kind === "unauthorized"
    ? raiseAlert(tx, ctx, {
        kind: "connection_unauthorized",
        severity: "warning",
        key: keys.unauthorized,
        title: `${claim.name} needs a new sign-in`,
        detail: `The vendor refused the stored user name or password: ${error.message}. Members are as they were last read.`,
        connectionId: claim.connectionId,
      })
    : raiseAlert(tx, ctx, {
        kind: "connection_failing",
        severity: "warning",
        key: keys.failing,
        title: `${claim.name} cannot be read`,
        detail: `${error.message}. Members are as they were last read.`,
        connectionId: claim.connectionId,
      });
};

type Release = { readonly claim: SyncClaim; readonly data: Prisma.ConnectionUpdateManyMutationInput };

const release = async (tx: ServiceTx, ctx: ServiceContext, { claim, data }: Release): Promise<void> => {
  if (claim.isPolled) {
    return;
  }
  const { count } = await tx.db.connection.updateMany({
    where: { id: claim.connectionId, clubId: ctx.clubId, fencingToken: claim.fencingToken },
    data: { ...data, leaseOwner: null, updatedAt: tx.now },
  });
  if (count === 0) {
    throw new DomainError("conflict", "another sync has taken this connection over");
  }
};

/** A stored place that the connector cannot read, or that leads into a strange page, would fail for ever. */
const forgetPlace = async (tx: ServiceTx, ctx: ServiceContext, claim: SyncClaim): Promise<void> => {
  await tx.db.syncCursor.updateMany({
    where: { clubId: ctx.clubId, connectionId: claim.connectionId, stream: "members" },
    data: { position: Prisma.JsonNull, updatedAt: tx.now },
  });
};
