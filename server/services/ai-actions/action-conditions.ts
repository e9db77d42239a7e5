import "server-only";

import type { ActivityFilter } from "#server/domain/activity-filter.ts";
import { addDays } from "#server/domain/calendar-date.ts";
import { startOfDay } from "#server/domain/local-time.ts";
import { Prisma } from "#server/platform/generated/client.ts";

const { empty, sql } = Prisma;

/** More people of one name than a club has. */
const NAMESAKES_MAX = 200;

type Place = { readonly clubId: string; readonly timeZone: string };

/** What a filter says of a row of the ledger, as `and …` on `"AiAction"`; the club itself is the caller's. */
export const actionConditions = ({ actor, area, from, outcome, search, until }: ActivityFilter, { clubId, timeZone }: Place): Prisma.Sql =>
  Prisma.join(
    [
      actor === null ? empty : sql`and "actorKind" = ${actor}`,
      area === null ? empty : sql`and kind like ${`${area}.%`}`,
      outcome === null ? empty : sql`and outcome = ${outcome}`,
      from === null ? empty : sql`and "createdAt" >= ${startOfDay(from, timeZone)}`,
      until === null ? empty : sql`and "createdAt" < ${startOfDay(addDays(until, 1), timeZone)}`,
      search === "" ? empty : mentions(search, clubId),
    ],
    " ",
  );

/** The ledger names no people: a name is looked up where it stands, in the contact of the conversation. */
const mentions = (search: string, clubId: string): Prisma.Sql => {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return sql`and (summary ilike ${pattern} or "conversationId" in (
    select c.id from "Contact" person join "Conversation" c on c."contactId" = person.id and c."clubId" = person."clubId"
    where person."clubId" = ${clubId} and person."displayName" ilike ${pattern} limit ${NAMESAKES_MAX}))`;
};
