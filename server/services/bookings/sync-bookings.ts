import "server-only";

import { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import type { VendorBooking } from "#server/connectors/acts.ts";
import { notFound } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { inTransaction, type ServiceContext, type ServiceTx } from "#server/services/context.ts";

import { FAILURES_BEFORE_ALERT, WINDOW_AHEAD_DAYS, WINDOW_BACK_DAYS } from "./limits.ts";
import { SyncBookingsInput, type BookingCounts, type BookingSyncResult } from "./schemas.ts";
import { storeBookings } from "./store-bookings.ts";

const DAY_MS = 86_400_000;

/** What is kept of the readings of one connection between them. */
const Place = z.object({ failureCount: z.int().min(0) });

type Window = { readonly from: Date; readonly to: Date };

/**
 * Reads the bookings of one connection from yesterday to two weeks ahead; the vendor is asked between two transactions.
 * A failure of the vendor changes no booking, is counted, and comes back as a value.
 * @throws `not_found` for a connection of another club, `precondition_failed` when it is off
 */
export const syncBookings = async (ctx: ServiceContext, raw: z.input<typeof SyncBookingsInput>): Promise<BookingSyncResult> => {
  assertCan(ctx, "booking.sync");
  const { connectionId } = SyncBookingsInput.parse(raw);
  const connection = await readConnection(ctx, connectionId);
  let bookings: readonly VendorBooking[];
  try {
    const connector = await openConnector(ctx, { connectionId });
    if (connector.bookings === undefined || !connector.capabilities.includes("bookings.read")) {
      return { kind: "none" };
    }
    bookings = await connector.bookings.list(connection.window);
  } catch (error) {
    if (!(error instanceof ConnectorError)) {
      throw error;
    }
    await noteFailure(ctx, { connectionId, name: connection.name, error });
    return { kind: "failed", failure: error.kind };
  }
  return { kind: "synced", ...(await storeAll(ctx, { connectionId, bookings, window: connection.window })) };
};

const readConnection = (ctx: ServiceContext, connectionId: string): Promise<{ readonly name: string; readonly window: Window }> =>
  inTransaction(ctx, async (tx) => {
    const row = await tx.db.connection.findFirst({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
      select: { name: true },
    });
    if (row === null) {
      throw notFound("connection");
    }
    const at = (days: number): Date => new Date(tx.now.getTime() + days * DAY_MS);
    return { name: row.name, window: { from: at(-WINDOW_BACK_DAYS), to: at(WINDOW_AHEAD_DAYS) } };
  });

type Reading = { readonly connectionId: string; readonly bookings: readonly VendorBooking[]; readonly window: Window };

const storeAll = (ctx: ServiceContext, { connectionId, bookings, window }: Reading): Promise<BookingCounts> =>
  inTransaction(ctx, async (tx) => {
    const counts = await storeBookings(tx, ctx, { connectionId, bookings, window });
    await keepPlace(tx, ctx, { connectionId, failureCount: 0 });
    await settleAlert(tx, ctx, alertKey(connectionId));
    const { createdCount, changedCount, cancelledCount } = counts;
    if (createdCount + changedCount + cancelledCount > 0) {
      await recordAudit(tx, ctx, {
        action: "bookings.synced",
        entityId: connectionId,
        details: { createdCount, changedCount, cancelledCount },
      });
      tx.news.changes.push({ topic: "connection" });
    }
    return counts;
  });

type Failure = { readonly connectionId: Id<"connection">; readonly name: string; readonly error: ConnectorError };

/** What is malformed or refused now is so again in a quarter of an hour: people are told at once. */
const noteFailure = (ctx: ServiceContext, { connectionId, name, error }: Failure): Promise<void> =>
  inTransaction(ctx, async (tx) => {
    const stored = await tx.db.syncCursor.findFirst({
      where: { clubId: ctx.clubId, connectionId, stream: "bookings" },
      select: { position: true },
    });
    const failureCount = (Place.safeParse(stored?.position).data?.failureCount ?? 0) + 1;
    await keepPlace(tx, ctx, { connectionId, failureCount });
    const isLasting = ["unauthorized", "malformed", "rejected"].includes(error.kind) || failureCount >= FAILURES_BEFORE_ALERT;
    if (isLasting) {
      await raiseAlert(tx, ctx, {
        kind: error.kind === "unauthorized" ? "connection_unauthorized" : "connection_failing",
        severity: "warning",
        key: alertKey(connectionId),
        title: `${name}: the bookings cannot be read`,
        detail: `${error.message}. Bookings are as they were last read.`,
        connectionId,
      });
    }
  });

const alertKey = (connectionId: string): string => `bookings-failing:${connectionId}`;

type Kept = { readonly connectionId: string; readonly failureCount: number };

/** `updatedAt` is the instant of the last good reading, so a failure leaves it as it is. */
const keepPlace = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, failureCount }: Kept): Promise<void> => {
  const where = { clubId: ctx.clubId, connectionId, stream: "bookings" };
  const readAt = failureCount === 0 ? { updatedAt: tx.now } : {};
  const { count } = await tx.db.syncCursor.updateMany({ where, data: { position: { failureCount }, ...readAt } });
  if (count === 0) {
    const neverRead = new Date(0);
    await tx.db.syncCursor.createMany({
      data: {
        id: newId("syncCursor"),
        franchiseId: ctx.franchiseId,
        ...where,
        position: { failureCount },
        updatedAt: failureCount === 0 ? tx.now : neverRead,
      },
    });
  }
};
