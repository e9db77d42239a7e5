import { z } from "zod";

import { defineTool } from "#server/agent/tools/define-tool.ts";
import { formatMoney } from "#server/domain/money.ts";
import { listOwnBookings } from "#server/services/bookings/list-own-bookings.ts";
import { readOwnAccount } from "#server/services/members/read-own-account.ts";

const Nothing = z.strictObject({});
const own = {
  scope: "conversation",
  risk: "read",
  effectKind: "read",
  capability: null,
  needsBound: true,
  maxPerRun: 2,
  input: Nothing,
} as const;

export const getMyProfile = defineTool({
  ...own,
  name: "get_my_profile",
  description:
    "First name, membership, status, day of joining and last visit of the member who writes. Takes nothing: it is always about the sender. Use it when the answer depends on their membership and the contact block does not say it; for money use get_my_balance. Refused where the sender is not one known member.",
  summarize: () => "Look up the sender's own membership",
  run: async ({ ctx, facts }) => {
    const { firstName, joinedOn, lastVisitOn, membershipType, status } = await readOwnAccount(ctx, facts);
    return { firstName, status, membershipType, joinedOn, lastVisitOn };
  },
});

export const checkMyAccess = defineTool({
  ...own,
  name: "check_member_access_status",
  description:
    "Whether the member who writes may enter at this moment by the club's records: hasValidAccess, and isLocked where a lock was set. Takes nothing. Use it when somebody asks why the door does not let them in; it opens nothing.",
  summarize: () => "Look up the sender's own access",
  run: async ({ ctx, facts }) => {
    const { hasValidAccess, isLocked, status } = await readOwnAccount(ctx, facts);
    return { hasValidAccess, isLocked, status };
  },
});

export const getMyBalance = defineTool({
  ...own,
  name: "get_my_balance",
  description:
    "What the member who writes owes now, read within the last hour, as text such as $45.00. Takes nothing. balance is null when nobody knows for certain: then say so and name no amount.",
  summarize: () => "Look up the sender's own balance",
  run: async ({ ctx, facts }) => {
    const { balanceMinor, currency } = await readOwnAccount(ctx, facts);
    return { balance: balanceMinor === null ? null : formatMoney(String(balanceMinor), currency) };
  },
});

export const listMyBookings = defineTool({
  ...own,
  name: "list_my_bookings",
  description:
    "The coming classes, appointments and bays of the member who writes, soonest first, at most ten, times in UTC. Takes nothing. booking_id is what cancel_booking takes. For what is still free use list_classes_and_bays.",
  summarize: () => "Look up the sender's own bookings",
  run: async ({ ctx, facts }) => {
    const rows = await listOwnBookings(ctx, facts);
    return {
      count: rows.length,
      bookings: rows.map(({ id, endsAt, kind, place, startsAt, title }) => ({ booking_id: id, kind, title, place, startsAt, endsAt })),
    };
  },
});
