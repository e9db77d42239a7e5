import "server-only";

import type { Category } from "#server/domain/intent.ts";
import type { ConversationRow, PersonState } from "#server/domain/inbox-view.ts";
import { excerptAround, searchWords } from "#server/domain/search-words.ts";
import type { ChannelKind } from "#server/domain/vocabulary.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** So many of the newest messages with these words are looked at: more conversations than anybody scrolls through. */
const MAX_MESSAGES = 2_000;
/** From so many digits on, a search is taken for a part of a number. */
const MIN_PHONE_DIGITS = 4;

const { sql } = Prisma;

/** The newest message with the words of a search, by its conversation; empty where the search has no words. */
export type Hits = ReadonlyMap<string, string>;

/** Asked once per page: the word that everybody uses has many messages, and reading them twice would take twice as long. */
export const messagesWith = async (tx: Tx, search: string): Promise<Hits> => {
  const words = queryOf(search);
  const rows =
    words === null
      ? []
      : await tx.db.$queryRaw<{ conversationId: string; messageId: string }[]>`
          select "conversationId", "messageId" from spotter_search_messages(${words}, ${MAX_MESSAGES}::int)`;
  // The newest come first, so that they are written last.
  return new Map(rows.toReversed().map(({ conversationId, messageId }) => [conversationId, messageId]));
};

type Searched = { readonly search: string; readonly hits: Hits };

/**
 * By name, by words of any message that begin like the words typed, and by a part of the number. The ids are gathered first and
 * looked up by key: walking the club's list for a rare word would read all of it.
 */
export const matchingSearch = (ctx: ServiceContext, { hits, search }: Searched): Prisma.Sql => {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = search.replaceAll(/\D/g, "");
  const byNumber =
    digits.length < MIN_PHONE_DIGITS
      ? Prisma.empty
      : sql`or "contactId" in (select "contactId" from "ContactIdentity" where "clubId" = ${ctx.clubId} and address like ${`%${digits}%`})`;
  return sql`and id = any (array(
    select id from "Conversation" where "clubId" = ${ctx.clubId}
      and ("contactId" in (select id from "Contact" where "clubId" = ${ctx.clubId} and "displayName" ilike ${pattern}) ${byNumber})
    ) || ${[...hits.keys()]}::text[])`;
};

type Filters = {
  readonly tag?: string | undefined;
  readonly category?: Category | undefined;
  readonly channel?: ChannelKind | undefined;
  readonly person?: PersonState | undefined;
};

/** All that are given must hold. */
export const matchingFilters = (ctx: ServiceContext, { category, channel, person, tag }: Filters): Prisma.Sql => {
  const conditions = [
    ...(category === undefined ? [] : [sql`"lastCategory" = ${category}`]),
    ...(channel === undefined ? [] : [sql`"channelId" in (select id from "Channel" where "clubId" = ${ctx.clubId} and kind = ${channel})`]),
    ...(tag === undefined
      ? []
      : [sql`id in (select "conversationId" from "ConversationTag" where "clubId" = ${ctx.clubId} and tag = ${tag})`]),
    ...(person === undefined ? [] : [personCondition(ctx, person)]),
  ];
  return conditions.length === 0 ? Prisma.empty : sql`and ${Prisma.join(conditions, " and ")}`;
};

const personCondition = (ctx: ServiceContext, person: PersonState): Prisma.Sql => {
  const live = (table: "Member" | "Prospect") => sql`select 1 from ${Prisma.raw(`"${table}"`)} person
    where person."clubId" = ${ctx.clubId} and person."contactId" = "Conversation"."contactId" and person."archivedAt" is null`;
  switch (person) {
    case "prospect":
      return sql`exists (${live("Prospect")}) and not exists (${live("Member")})`;
    case "unknown":
      return sql`not exists (${live("Prospect")}) and not exists (${live("Member")})`;
    default:
      return sql`exists (${live("Member")} and person.status = ${person})`;
  }
};

/** Of each of these conversations the newest message with the words, as a line around them. */
export const foundIn = async (
  tx: Tx,
  { clubId, conversationIds, hits, search }: Searched & { readonly clubId: string; readonly conversationIds: readonly string[] },
): Promise<(id: string) => Pick<ConversationRow, "found">> => {
  const ids = conversationIds.flatMap((id) => hits.get(id) ?? []);
  const rows =
    ids.length === 0
      ? []
      : await tx.db.message.findMany({ where: { clubId, id: { in: ids } }, select: { conversationId: true, body: true } });
  const lines = new Map(rows.map(({ body, conversationId }) => [conversationId, excerptAround(body, searchWords(search))]));
  return (id) => {
    const found = lines.get(id);
    return found === undefined ? {} : { found };
  };
};

/** The words as a text-search query, each as a beginning; null where there is none. They are letters and figures, so nothing needs escaping. */
const queryOf = (search: string): string | null => {
  const words = searchWords(search);
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
};
