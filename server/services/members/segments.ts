import "server-only";

import { TZDate } from "@date-fns/tz";
import { format, startOfDay, subDays } from "date-fns";

import { GREEN_DAYS, LAPSED_DAYS, type Segment } from "#server/domain/people-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { Position } from "#server/services/keyset-cursor.ts";

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
  /** Not been in since the day that many days ago, in the club's zone; not those who have left, and nobody of whom no visit is known. */
  lapsed: (moment) =>
    sql`"archivedAt" is null and ${notBeenIn(LAPSED_DAYS, moment)} and status <> 'cancelled' and status <> 'in_collections'`,
} as const satisfies Record<Exclude<Segment, "prospects">, (moment: Moment) => Prisma.Sql>;

/** The last visit is at least so many days of the club's calendar ago. */
export const notBeenIn = (days: number, { now, timeZone }: Pick<Moment, "now" | "timeZone">): Prisma.Sql =>
  sql`"lastVisitAt" < ${new Date(startOfDay(subDays(new TZDate(now.getTime(), timeZone), days - 1)).getTime())}`;

type Query = Moment & {
  readonly clubId: string;
  readonly segment: Segment;
  /** The last row shown: the next page holds older records. */
  readonly before: Position | null;
  readonly limit: number;
  readonly matching?: Prisma.Sql;
};

const MEMBER_COLUMNS = sql`id, "createdAt", "contactId", "firstName", "lastName", phone, email, status, "membershipType", "balanceMinor"::text,
  "trainingBalanceMinor"::text, currency, "joinedOn", "lastVisitAt", "visitCount", "accessState"`;
const PROSPECT_COLUMNS = sql`id, "createdAt", "contactId", "firstName", "lastName", phone, email, null::text as status, null::text as "membershipType",
  null::text as "balanceMinor", null::text as "trainingBalanceMinor", null::text as currency, "createdOn" as "joinedOn", null::timestamptz as "lastVisitAt",
  null::int as "visitCount", null::text as "accessState"`;

/** People of a segment, newest record first. Ordered by an instant, because an order by id alone lures the planner through all clubs' rows. */
export const segmentQuery = ({ clubId, segment, before, limit, matching = Prisma.empty, ...moment }: Query): Prisma.Sql => {
  const older = before === null ? Prisma.empty : sql`and ("createdAt", id) < (${before.at}::timestamptz, ${before.id})`;
  return segment === "prospects"
    ? sql`select ${PROSPECT_COLUMNS} from "Prospect" where "clubId" = ${clubId} and "archivedAt" is null ${older} ${matching} order by "createdAt" desc, id desc limit ${limit}`
    : sql`select ${MEMBER_COLUMNS} from "Member" where "clubId" = ${clubId} and ${CONDITIONS[segment](moment)} ${older} ${matching} order by "createdAt" desc, id desc limit ${limit}`;
};

/** The rows of a segment with columns of one shape, and one more of the caller's, neither ordered nor cut. */
export const segmentRows = ({
  clubId,
  segment,
  column,
  ...moment
}: Moment & Pick<Query, "clubId" | "segment"> & { readonly column: Prisma.Sql }): Prisma.Sql =>
  segment === "prospects"
    ? sql`select ${PROSPECT_COLUMNS}, ${column} from "Prospect" where "clubId" = ${clubId} and "archivedAt" is null`
    : sql`select ${MEMBER_COLUMNS}, ${column} from "Member" where "clubId" = ${clubId} and ${CONDITIONS[segment](moment)}`;

/** How many a segment holds, counted up to `limit`. */
export const segmentCount = ({ clubId, segment, limit, ...moment }: Omit<Query, "before" | "matching">): Prisma.Sql =>
  segment === "prospects"
    ? sql`select count(*)::int from (select 1 from "Prospect" where "clubId" = ${clubId} and "archivedAt" is null limit ${limit}) as counted`
    : sql`select count(*)::int from (select 1 from "Member" where "clubId" = ${clubId} and ${CONDITIONS[segment](moment)} limit ${limit}) as counted`;
