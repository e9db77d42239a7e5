import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { PEOPLE_SORTS, SORT_DIRECTIONS, type PeopleFilter, type PeopleSort, type SortDirection } from "#server/domain/people-filter.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { notBeenIn, segmentRows } from "#server/services/members/segments.ts";

const { sql, empty } = Prisma;

/** From so many digits on, a search is taken for a part of a number. */
const MIN_PHONE_DIGITS = 4;

/** Where a page ended: the value it is ordered by, as the database writes it, and whose it was. */
const Place = z.tuple([z.enum(PEOPLE_SORTS), z.enum(SORT_DIRECTIONS), z.string().max(400), z.string().max(60)]);
type Place = z.infer<typeof Place>;

export const placeCursor = (place: Place): string => Buffer.from(JSON.stringify(place)).toString("base64url");

/** @throws `invalid` for what `placeCursor` did not write for this order */
const placeOf = (cursor: string, order: Order): Place => {
  const place = Place.safeParse(jsonOf(Buffer.from(cursor, "base64url").toString()));
  if (!place.success || place.data[0] !== order.sort || place.data[1] !== order.direction) {
    throw new DomainError("invalid", "this page does not exist, start again at the top");
  }
  return place.data;
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

type Order = { readonly sort: PeopleSort; readonly direction: SortDirection };

/** Prospects have no status, balance or visits: they come in the order in which they came. */
export const orderOf = ({ order, segment, sort }: PeopleFilter): Order => ({
  sort: segment === "prospects" && !["newest", "name", "joined"].includes(sort) ? "newest" : sort,
  direction: order,
});

type Key = { readonly column: (isLastFirst: boolean) => Prisma.Sql; readonly type: Prisma.Sql };

/** What is not known stands at the end, in either direction: it takes the value that is furthest from the beginning. */
const KEYS = {
  newest: { column: () => sql`"createdAt"`, type: sql`timestamptz` },
  name: { column: () => sql`lower("firstName" || ' ' || "lastName")`, type: sql`text` },
  status: { column: () => sql`status`, type: sql`text` },
  balance: {
    column: (isDescending) =>
      isDescending ? sql`coalesce("balanceMinor", -9000000000000000000)` : sql`coalesce("balanceMinor", 9000000000000000000)`,
    type: sql`bigint`,
  },
  last_visit: {
    column: (isDescending) =>
      isDescending ? sql`coalesce("lastVisitAt", '-infinity'::timestamptz)` : sql`coalesce("lastVisitAt", 'infinity'::timestamptz)`,
    type: sql`timestamptz`,
  },
  visits: { column: () => sql`"visitCount"`, type: sql`int` },
  joined: { column: (isDescending) => (isDescending ? sql`coalesce("joinedOn", '')` : sql`coalesce("joinedOn", '9999')`), type: sql`text` },
} as const satisfies Record<PeopleSort, Key>;

type Page = {
  readonly clubId: string;
  readonly filter: PeopleFilter;
  readonly greenDays?: number;
  readonly cursor: string | null;
  /** The last place that may be on the page. */
  readonly until: string | null;
  readonly limit: number;
  readonly now: Date;
  readonly timeZone: string;
};

/** One page of people in the asked order; `sortedBy` is what the cursor of the next page needs. @throws `invalid` for a cursor that is none */
export const peopleQuery = ({ cursor, filter, limit, until, ...scope }: Page): Prisma.Sql => {
  const order = orderOf(filter);
  const isDescending = order.direction === "desc";
  const { column, type } = KEYS[order.sort];
  const key = filter.segment === "prospects" && order.sort === "joined" ? prospectKey(isDescending) : column(isDescending);
  const rows = segmentRows({ ...scope, segment: filter.segment, column: sql`${key} as "sortKey"` });
  const matching = filter.segment === "prospects" ? matches(filter.search) : sql`${matches(filter.search)} ${narrowed(filter, scope)}`;
  return sql`select ${COLUMNS}, people."sortKey"::text as "sortedBy" from (${rows} ${matching}) as people
    where ${cursor === null ? sql`true` : beyond(placeOf(cursor, order), { type, isDescending })}
      and ${until === null ? sql`true` : sql`not ${beyond(placeOf(until, order), { type, isDescending })}`}
    order by people."sortKey" ${isDescending ? sql`desc` : sql`asc`}, people.id ${isDescending ? sql`desc` : sql`asc`} limit ${limit}`;
};

/** Without the value they are ordered by: the driver reads no infinite instants. */
const COLUMNS = sql`id, "contactId", "firstName", "lastName", phone, email, status, "membershipType", "balanceMinor", "trainingBalanceMinor",
  currency, "joinedOn", "lastVisitAt", "visitCount", "accessState"`;

const prospectKey = (isDescending: boolean): Prisma.Sql =>
  isDescending ? sql`coalesce("createdOn", '')` : sql`coalesce("createdOn", '9999')`;

type Reading = { readonly type: Prisma.Sql; readonly isDescending: boolean };

const beyond = ([, , value, id]: Place, { isDescending, type }: Reading): Prisma.Sql =>
  isDescending
    ? sql`((people."sortKey", people.id) < (${value}::text::${type}, ${id}))`
    : sql`((people."sortKey", people.id) > (${value}::text::${type}, ${id}))`;

const narrowed = ({ noVisitDays, owesMinor, statuses }: PeopleFilter, moment: Pick<Page, "now" | "timeZone">): Prisma.Sql =>
  Prisma.join(
    [
      statuses.length === 0 ? empty : sql`and status in (${Prisma.join(statuses)})`,
      noVisitDays === null ? empty : sql`and ${notBeenIn(noVisitDays, moment)}`,
      owesMinor === null ? empty : sql`and "balanceMinor" >= ${owesMinor}`,
    ],
    " ",
  );

const matches = (search: string): Prisma.Sql => {
  if (search === "") {
    return empty;
  }
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = search.replaceAll(/\D/g, "");
  const byNumber = digits.length < MIN_PHONE_DIGITS ? empty : sql`or phone like ${`%${digits}%`}`;
  return sql`and ("firstName" || ' ' || "lastName" ilike ${pattern} or email ilike ${pattern} ${byNumber})`;
};
