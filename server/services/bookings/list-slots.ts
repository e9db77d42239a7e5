import "server-only";

import { z } from "zod";

import type { VendorSlot } from "#server/connectors/acts.ts";
import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const ListSlotsInput = z.object({ days: z.int().min(1).max(7).default(2) });

export type Slot = VendorSlot & { readonly connectionId: Id<"connection"> };

const DAY_MS = 86_400_000;

/** What can still be booked in the next days, soonest first, as the vendors show it now. */
export const listSlots = async (ctx: ServiceContext, raw: z.input<typeof ListSlotsInput>): Promise<readonly Slot[]> => {
  assertCan(ctx, "booking.read");
  const { days } = ListSlotsInput.parse(raw);
  const { connectionIds, from } = await withClub(
    ctx,
    async (tx) => ({ connectionIds: await connectionsWith(tx, ctx, "bookings.write"), from: tx.now }),
    { fixedNow: ctx.fixedNow },
  );
  const to = new Date(from.getTime() + days * DAY_MS);
  const found: Slot[] = [];
  for (const connectionId of connectionIds) {
    const { bookings } = await openConnector(ctx, { connectionId });
    const slots = (await bookings?.listSlots?.({ from, to })) ?? [];
    found.push(...slots.filter(({ freeCount, startsAt }) => freeCount > 0 && startsAt > from).map((slot) => ({ ...slot, connectionId })));
  }
  return found.toSorted((left, right) => left.startsAt.getTime() - right.startsAt.getTime());
};
