import { z } from "zod";

import { defineClubTool, short, withSample } from "#server/agent/tools/club-tools/define-club-tool.ts";
import { formatInTimeZone } from "#server/domain/local-time.ts";
import { formatMoney } from "#server/domain/money.ts";
import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";
import { findMembers } from "#server/services/members/find-members.ts";

const Days = z.int().min(1).max(366);

const ListMembersInput = z.strictObject({
  status: z.enum(MEMBER_STATUSES).optional(),
  not_seen_for_days: Days.optional(),
  seen_within_days: Days.optional(),
  joined_within_days: Days.optional(),
  owes: z.enum(["nothing", "something"]).optional(),
  min_amount: z.number().min(0).max(1_000_000).optional(),
  has_phone: z.boolean().optional(),
  page: z.int().min(1).max(50).optional(),
});
type ListMembersInput = z.infer<typeof ListMembersInput>;

const wordsOf = (input: ListMembersInput): string => {
  const parts = [
    ...(input.status === undefined ? [] : [`who are ${input.status.replaceAll("_", " ")}`]),
    ...(input.not_seen_for_days === undefined ? [] : [`who were not here for ${input.not_seen_for_days} days`]),
    ...(input.seen_within_days === undefined ? [] : [`who were here within ${input.seen_within_days} days`]),
    ...(input.joined_within_days === undefined ? [] : [`who joined within ${input.joined_within_days} days`]),
    ...(input.owes === undefined ? [] : [`who owe ${input.owes}`]),
    ...(input.min_amount === undefined ? [] : [`who owe at least ${input.min_amount}`]),
    ...(input.has_phone === undefined ? [] : [input.has_phone ? "who have a phone" : "who have no phone"]),
  ];
  const page = input.page === undefined || input.page === 1 ? "" : `, page ${input.page}`;
  return `Find the members${parts.length === 0 ? "" : ` ${parts.join(" and ")}`}${page}`;
};

/** The one list that can be read to its end: conditions that all hold, ten people a page. */
export const listMembers = defineClubTool({
  name: "list_members",
  description:
    "Members of whom every condition holds, ten a page with a handle each; count, pages and withoutPhone are of all of them. Conditions may be left out: not_seen_for_days also holds of whoever was never here; owes nothing or something by the balance last read; min_amount in the club's currency. Read page 2, 3 … where pages says that there are more and the task means all of them.",
  risk: "read",
  effectKind: "read",
  capability: null,
  maxPerRun: 12,
  input: ListMembersInput,
  summarize: wordsOf,
  run: async ({ ctx, run }, input) => {
    const { count, currency, pageCount, page, rows, timeZone, withoutPhone } = await findMembers(ctx, {
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.not_seen_for_days === undefined ? {} : { notSeenDays: input.not_seen_for_days }),
      ...(input.seen_within_days === undefined ? {} : { seenWithinDays: input.seen_within_days }),
      ...(input.joined_within_days === undefined ? {} : { joinedWithinDays: input.joined_within_days }),
      ...(input.owes === undefined ? {} : { owesNothing: input.owes === "nothing" }),
      ...(input.min_amount === undefined ? {} : { minOwedMinor: BigInt(Math.round(input.min_amount * 100)) }),
      ...(input.has_phone === undefined ? {} : { hasPhone: input.has_phone }),
      ...(input.page === undefined ? {} : { page: input.page }),
    });
    return withSample(
      { count, withoutPhone, page, pages: pageCount },
      rows.map((row) => ({
        person: run.handles.of("member", row.id),
        name: short(`${row.firstName} ${row.lastName}`, 40),
        ...(row.balanceMinor === null ? {} : { owes: formatMoney(row.balanceMinor, currency) }),
        lastVisit: row.lastVisitAt === null ? null : formatInTimeZone(row.lastVisitAt, timeZone, "yyyy-MM-dd"),
        phone: row.hasPhone,
      })),
    );
  },
});
