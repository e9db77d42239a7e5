import "server-only";

import { TZDate } from "@date-fns/tz";
import { format, subDays } from "date-fns";

import type { Segment } from "#server/domain/people-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { Position } from "#server/services/keyset-cursor.ts";
import { GREEN_DAYS } from "#server/services/members/limits.ts";

const { sql } = Prisma;

type Moment = { readonly now: Date; readonly timeZone: string; readonly greenDays?: number };

/**
 * Who is in a segment, as a condition on `"Member"`. Amounts up to one cent are rounding, not debt. Written word for word
 * as the partial indexes of the migration have it: the planner compares texts.
 */
const CONDITIONS = {
  members: () => sql`"archivedAt" is null`,
  /** Joined within so many days, today included, in the club's zone; not those who have left again. */
  green: ({ now, timeZone, greenDays = GREEN_DAYS }) => {
    const today = new TZDate(now.getTime(), timeZone);
    const [first, last] = [subDays(today, greenDays), today].map((day) => format(day, "yyyy-MM-dd"));
    return sql`"archivedAt" is null and "joinedOn" between ${first} and ${last} and status <> 'cancelled' and status <> 'in_collections'`;
  },
  pay_per_visit: () => sql`"archivedAt" is null and status = 'pay_per_visit'`,
  past_due: () => sql`"archivedAt" is null and "balanceMinor" > 1`,
  past_due_training: () => sql`"archivedAt" is null and "trainingBalanceMinor" > 1`,
} as const satisfies Record<Exclude<Segment, "prospects">, (moment: Moment) => Prisma.Sql>;

type Query = Moment & {
  readonly clubId: string;
  readonly segment: Segment;
  /** The last row shown: the next page holds older records. */
  readonly before: Position | null;
  readonly limit: number;
  readonly matching?: Prisma.Sql;
};

const MEMBER_COLUMNS = sql`id, "createdAt", "contactId", "firstName", "lastName", phone, email, status, "membershipType", "balanceMinor"::text,
  "trainingBalanceMinor"::text, currency, "joinedOn", "lastVisitAt"`;
const PROSPECT_COLUMNS = sql`id, "createdAt", "contactId", "firstName", "lastName", phone, email, null::text as status, null::text as "membershipType",
  null::text as "balanceMinor", null::text as "trainingBalanceMinor", null::text as currency, "createdOn" as "joinedOn", null::timestamptz as "lastVisitAt"`;

/** People of a segment, newest record first. Ordered by an instant, because an order by id alone lures the planner through all clubs' rows. */
export const segmentQuery = ({ clubId, segment, before, limit, matching = Prisma.empty, ...moment }: Query): Prisma.Sql => {
  const older = before === null ? Prisma.empty : sql`and ("createdAt", id) < (${before.at}::timestamptz, ${before.id})`;
  return segment === "prospects"
    ? sql`select ${PROSPECT_COLUMNS} from "Prospect" where "clubId" = ${clubId} and "archivedAt" is null ${older} ${matching} order by "createdAt" desc, id desc limit ${limit}`
    : sql`select ${MEMBER_COLUMNS} from "Member" where "clubId" = ${clubId} and ${CONDITIONS[segment](moment)} ${older} ${matching} order by "createdAt" desc, id desc limit ${limit}`;
};

/** How many a segment holds, counted up to `limit`. */
export const segmentCount = ({ clubId, segment, limit, ...moment }: Omit<Query, "before" | "matching">): Prisma.Sql =>
  segment === "prospects"
    ? sql`select count(*)::int from (select 1 from "Prospect" where "clubId" = ${clubId} and "archivedAt" is null limit ${limit}) as counted`
    : sql`select count(*)::int from (select 1 from "Member" where "clubId" = ${clubId} and ${CONDITIONS[segment](moment)} limit ${limit}) as counted`;
