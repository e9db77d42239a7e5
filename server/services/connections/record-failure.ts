import "server-only";

import { ConnectorError, type ConnectorFailure } from "#server/connectors/errors.ts";
import type { AlertKind } from "#server/domain/vocabulary.ts";
import { newId } from "#server/platform/ids.ts";
import { sha256 } from "#server/platform/keys.ts";
import { log } from "#server/platform/logger.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

/** A single failure may be a hiccup; from the second in a row on people are told. */
const ALERT_FROM_ERRORS = 2;

/** Notes that a vendor could not be read, shows it to people, and keeps the cursor where it was. */
export const recordFailure = async (
  ctx: ServiceContext,
  { connectionId, error }: { readonly connectionId: string; readonly error: unknown },
): Promise<void> => {
  assertCan(ctx, "alert.raise");
  const kind: ConnectorFailure = error instanceof ConnectorError ? error.kind : "unavailable";
  if (!(error instanceof ConnectorError)) {
    log.error({ err: error, clubId: ctx.clubId, connectionId }, "a connection failed unexpectedly");
  }
  await inTransaction(ctx, async (tx) => {
    const row = await tx.db.connection.update({
      where: { id: connectionId, clubId: ctx.clubId },
      data: {
        errorCount: { increment: 1 },
        lastErrorAt: tx.now,
        lastErrorKind: kind,
        ...(STATUS[kind] === undefined ? {} : { status: STATUS[kind] }),
      },
      select: { errorCount: true, name: true },
    });
    if (kind === "malformed") {
      const reason = error instanceof Error ? error.message : "unreadable answer";
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
    }
    if (row.errorCount >= ALERT_FROM_ERRORS || kind === "unauthorized" || kind === "malformed") {
      await raiseAlert(tx, ctx, {
        kind: ALERT[kind],
        severity: kind === "unauthorized" ? "critical" : "warning",
        key: `connection:${connectionId}`,
        title: `${row.name}: ${TITLE[kind]}`,
        detail: error instanceof ConnectorError ? error.message : "the connection failed in an unexpected way",
        connectionId,
      });
    }
    await recordAudit(tx, ctx, { action: "connection.failed", entityId: connectionId, details: { kind } });
    tx.news.changes.push({ topic: "connection" });
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

const TITLE = {
  unauthorized: "the login no longer works",
  throttled: "the vendor asks us to slow down",
  rejected: "the vendor refuses our calls",
  unavailable: "the vendor cannot be reached",
  outcome_unknown: "the vendor did not answer in time",
  malformed: "the vendor's answer cannot be read",
} as const satisfies Record<ConnectorFailure, string>;
