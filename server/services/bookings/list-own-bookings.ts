import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { BOOKING_COLUMNS, toBookingRow, type BookingRow } from "#server/services/bookings/schemas.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { boundMember } from "#server/services/people/bound-member.ts";

export const ListOwnBookingsInput = z.object({ conversationId: idSchema("conversation") });

const MAX_COUNT = 10;

/** The coming bookings of the one member who writes, soonest first. @throws `forbidden` where nobody can be sure who that is */
export const listOwnBookings = async (ctx: ServiceContext, raw: z.input<typeof ListOwnBookingsInput>): Promise<readonly BookingRow[]> => {
  assertCan(ctx, "booking.read");
  const { conversationId } = ListOwnBookingsInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const bound = await boundMember(tx, ctx, conversationId);
      if (bound === null) {
        throw new DomainError("forbidden", "the sender is not known to be one member of this club");
      }
      const rows = await tx.db.booking.findMany({
        where: { clubId: ctx.clubId, contactId: bound.contactId, endsAt: { gt: tx.now }, status: { not: "cancelled" } },
        orderBy: [{ startsAt: "asc" }, { id: "asc" }],
        take: MAX_COUNT,
        select: BOOKING_COLUMNS,
      });
      return rows.map(toBookingRow);
    },
    { fixedNow: ctx.fixedNow },
  );
};
