import { parseAsString, parseAsStringLiteral, type inferParserType } from "nuqs/server";

import { ACTIVITY_ACTORS, ACTIVITY_AREAS, ACTIVITY_OUTCOMES, type ActivityFilter } from "#server/domain/activity-filter.ts";
import { CalendarDate } from "#server/domain/calendar-date-schema.ts";

/** Which rows of the ledger are on the screen lives in the address bar. */
export const activityParams = {
  search: parseAsString.withDefault(""),
  actor: parseAsStringLiteral(ACTIVITY_ACTORS),
  area: parseAsStringLiteral(ACTIVITY_AREAS),
  outcome: parseAsStringLiteral(ACTIVITY_OUTCOMES),
  from: parseAsString,
  until: parseAsString,
};

export type ActivityParams = inferParserType<typeof activityParams>;

/** What is no day counts as not there. */
export const activityFilterOf = ({ from, search, until, ...rest }: ActivityParams): ActivityFilter => ({
  ...rest,
  search: search.trim(),
  from: dayOf(from),
  until: dayOf(until),
});

const dayOf = (text: string | null): string | null => (CalendarDate.safeParse(text).success ? text : null);

export const isNarrowed = (filter: ActivityFilter): boolean => Object.values(filter).some((value) => value !== null && value !== "");
