import "server-only";

import { ConnectorError, type ConnectorFailure } from "#server/connectors/errors.ts";
import type { AlertKind } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { log } from "#server/platform/logger.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { FAILURE_WORDS } from "#server/services/connections/failure-words.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";

/** A single failure may be a hiccup; from the second in a row on people are told. */
const ALERT_FROM_ERRORS = 2;

/** Notes that a vendor could not be read, shows it to people, and keeps the cursor where it was. */
export const recordFailure = async (
  ctx: ServiceContext,
  { connectionId, error }: { readonly connectionId: string; readonly error: unknown },
): Promise<void> => {
  assertCan(ctx, "alert.raise");
  if (!(error instanceof ConnectorError)) {
    log.error({ err: error, clubId: ctx.clubId, connectionId }, "a connection failed unexpectedly");
  }
  await inTransaction(ctx, async (tx) => {
    const failure = { kind: error instanceof ConnectorError ? error.kind : ("unavailable" as const), detail: detailOf(error) };
    const row = await noteFailure(tx, ctx, { connectionId, failure, alertFrom: ALERT_FROM_ERRORS });
    if (row !== null && failure.kind === "malformed") {
      await quarantine(tx, ctx, { connectionId, reason: failure.detail });
    }
  });
};

const detailOf = (error: unknown): string =>
  error instanceof ConnectorError ? error.message : "the connection failed in an unexpected way";

type Noted = {
  readonly connectionId: string;
  readonly failure: { readonly kind: ConnectorFailure; readonly detail: string };
  /** So many failures in a row before a card is raised; a refused login and a strange answer raise one at once. */
  readonly alertFrom: number;
};

/**
 * Counts a failure and raises its card, in the caller's transaction. Null for a connection that was paused or removed
 * meanwhile: nothing is expected of that one.
 */
export const noteFailure = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, failure, alertFrom }: Noted,
): Promise<{ readonly errorCount: number } | null> => {
  const { kind, detail } = failure;
  const { count } = await tx.db.connection.updateMany({
    where: { id: connectionId, clubId: ctx.clubId, archivedAt: null, status: { not: "disabled" } },
    data: {
      errorCount: { increment: 1 },
      lastErrorAt: tx.now,
      lastErrorKind: kind,
      ...(STATUS[kind] === undefined ? {} : { status: STATUS[kind] }),
    },
  });
  if (count === 0) {
    return null;
  }
  const row = await tx.db.connection.findFirstOrThrow({
    where: { id: connectionId, clubId: ctx.clubId },
    select: { errorCount: true, name: true },
  });
  if (row.errorCount >= alertFrom || kind === "unauthorized" || kind === "malformed") {
    await raiseAlert(tx, ctx, {
      kind: ALERT[kind],
      severity: kind === "unauthorized" ? "critical" : "warning",
      key: `connection:${connectionId}`,
      title: `${row.name}: ${FAILURE_WORDS[kind]}`,
      detail,
      connectionId,
    });
  }
  await recordAudit(tx, ctx, { action: "connection.failed", entityId: connectionId, details: { kind } });
  tx.news.changes.push({ topic: "connection" });
  return row;
};

const quarantine = async (
  tx: ServiceTx,
  ctx: ServiceContext,
  { connectionId, reason }: { readonly connectionId: string; readonly reason: string },
): Promise<void> => {
  await tx.db.quarantinedPayload.createMany({
    data: {
      id: newId("quarantinedPayload"),
      franchiseId: ctx.franchiseId,
      clubId: ctx.clubId,
      connectionId,
      source: "poll",
      reason,
      bodyHash: sha256(reason),
      body: "",
      createdAt: tx.now,
    },
    skipDuplicates: true,
  });
};

const STATUS: Partial<Record<ConnectorFailure, "needs_reauth" | "degraded">> = {
  unauthorized: "needs_reauth",
  malformed: "degraded",
  unavailable: "degraded",
};

const ALERT = {
  unauthorized: "connection_unauthorized",
  throttled: "connection_failing",
  rejected: "connection_failing",
  unavailable: "connection_failing",
  outcome_unknown: "connection_failing",
  malformed: "payload_quarantined",
} as const satisfies Record<ConnectorFailure, AlertKind>;
