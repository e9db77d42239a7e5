import "server-only";

import type { z } from "zod";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";

import { BOOKING_COLUMNS, ListBookingsInput, toBookingRow, type BookingRow } from "./schemas.ts";

type Page = { readonly items: readonly BookingRow[]; readonly nextCursor: string | null };

/** The bookings of one contact, cancelled ones included. A contact of another club has none. */
export const listBookings = async (ctx: ServiceContext, raw: z.input<typeof ListBookingsInput>): Promise<Page> => {
  assertCan(ctx, "booking.read");
  const { contactId, view, limit, cursor } = ListBookingsInput.parse(raw);
  const after = cursor === undefined ? null : positionOf(cursor);
  const isUpcoming = view === "upcoming";
  const direction = isUpcoming ? "asc" : "desc";
  const beyond = isUpcoming ? ("gt" as const) : ("lt" as const);
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.booking.findMany({
        where: {
          clubId: ctx.clubId,
          contactId,
          endsAt: isUpcoming ? { gt: tx.now } : { lte: tx.now },
          ...(after === null ? {} : { OR: [{ startsAt: { [beyond]: after.at } }, { startsAt: after.at, id: { [beyond]: after.id } }] }),
        },
        orderBy: [{ startsAt: direction }, { id: direction }],
        take: limit + 1,
        select: BOOKING_COLUMNS,
      }),
    { fixedNow: ctx.fixedNow },
  );
  const items = rows.slice(0, limit).map(toBookingRow);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf({ at: last.startsAt, id: last.id }) : null };
};
