import "server-only";

import type { z } from "zod";

import { withClub, type Tx } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { LONGEST_BOOKING_HOURS, STALE_AFTER_MINUTES } from "./limits.ts";
import { placeKey } from "./place-key.ts";
import { BOOKING_COLUMNS, FindRunningBookingInput, toBookingRow, type BookingRow } from "./schemas.ts";

export type RunningBooking = BookingRow & {
  /** When its source was last read with success; `null` for an uploaded file. */
  readonly readAt: Date | null;
  /** Nobody has read the source lately: the bay may have changed hands since. */
  readonly isStale: boolean;
};

/**
 * Who holds a bay or a room at this moment; `null` = nobody, as far as the bookings tell. Of two that overlap the one
 * that began last holds it.
 */
export const findRunningBooking = async (
  ctx: ServiceContext,
  raw: z.input<typeof FindRunningBookingInput>,
): Promise<RunningBooking | null> => {
  assertCan(ctx, "booking.read");
  const { place } = FindRunningBookingInput.parse(raw);
  return withClub(ctx, (tx) => runningBookingOf(tx, ctx, place), { fixedNow: ctx.fixedNow });
};

/** The same within a transaction that goes on. */
export const runningBookingOf = async (tx: Tx, { clubId }: { readonly clubId: string }, place: string): Promise<RunningBooking | null> => {
  const earliest = new Date(tx.now.getTime() - LONGEST_BOOKING_HOURS * 3_600_000);
  const row = await tx.db.booking.findFirst({
    where: {
      clubId,
      startsAt: { gte: earliest, lte: tx.now },
      endsAt: { gt: tx.now },
      placeKey: placeKey(place),
      status: { in: ["booked", "attended"] },
    },
    orderBy: [{ startsAt: "desc" }, { id: "desc" }],
    select: { ...BOOKING_COLUMNS, connectionId: true },
  });
  if (row === null || row.connectionId === null) {
    return row === null ? null : { ...toBookingRow(row), readAt: null, isStale: false };
  }
  const cursor = await tx.db.syncCursor.findFirst({
    where: { clubId, connectionId: row.connectionId, stream: "bookings" },
    select: { updatedAt: true },
  });
  const readAt = cursor?.updatedAt ?? null;
  const isStale = readAt === null || tx.now.getTime() - readAt.getTime() > STALE_AFTER_MINUTES * 60_000;
  return { ...toBookingRow(row), readAt, isStale };
};
