import { createSerializer, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";

import { PEOPLE_COLUMNS, PEOPLE_SORTS, SORT_DIRECTIONS, USUAL_COLUMNS, type PeopleFilter } from "#server/domain/people-filter.ts";
import { SEGMENTS } from "#server/domain/people-view.ts";
import { MEMBER_STATUSES } from "#server/domain/vocabulary.ts";

/** Which people are on the screen, and what of them, lives in the address bar. */
export const memberParams = {
  segment: parseAsStringLiteral(SEGMENTS).withDefault("members"),
  search: parseAsString.withDefault(""),
  status: parseAsArrayOf(parseAsStringLiteral(MEMBER_STATUSES)).withDefault([]),
  /** Days since the last visit, at least. */
  away: parseAsInteger,
  /** Owes at least so much, minor units. */
  owes: parseAsInteger,
  sort: parseAsStringLiteral(PEOPLE_SORTS).withDefault("newest"),
  direction: parseAsStringLiteral(SORT_DIRECTIONS).withDefault("desc"),
  columns: parseAsArrayOf(parseAsStringLiteral(PEOPLE_COLUMNS)).withDefault([...USUAL_COLUMNS]),
};

export type MemberParams = inferParserType<typeof memberParams>;

export const memberAddress = createSerializer(memberParams);

/** What the address bar asks the server for; what no address of ours holds counts as not there. */
export const filterOf = ({ segment, search, status, away, owes, sort, direction }: MemberParams): PeopleFilter => ({
  segment,
  search: search.trim(),
  statuses: status,
  noVisitDays: away !== null && away >= 1 ? away : null,
  owesMinor: owes !== null && owes >= 1 ? owes : null,
  sort,
  order: direction,
});

/** The way back, for a filter that was kept. */
export const paramsOf = ({ noVisitDays, order, owesMinor, statuses, ...filter }: PeopleFilter) => ({
  ...filter,
  direction: order,
  status: statuses,
  away: noVisitDays,
  owes: owesMinor,
});
