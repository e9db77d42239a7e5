import "server-only";

import type { ConversationPage } from "#server/domain/inbox-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { cursorOf, positionOf } from "#server/services/keyset-cursor.ts";
import type { z } from "zod";

import { inboxRow, readRows } from "./conversation-rows.ts";
import { ListConversationsInput } from "./schemas.ts";
import { foundIn, matchingFilters, matchingSearch, messagesWith, type Hits } from "./search-conditions.ts";
import { staffNames } from "./staff-names.ts";
import { viewConditions } from "./view-conditions.ts";

/** About three screens; the list asks for more when somebody scrolls. */
export const PAGE_SIZE = 50;

const { sql } = Prisma;

/** One page of a view, newest message first. @throws `invalid` for a cursor that is none */
export const listConversations = async (ctx: ServiceContext, raw: ListConversationsInput): Promise<ConversationPage> => {
  assertCan(ctx, "conversation.read");
  const input = ListConversationsInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const search = input.search ?? "";
      const hits = await messagesWith(tx, search);
      const rows = await readRows(tx, { clubId: ctx.clubId, chosen: pageQuery(ctx, { ...input, hits }) });
      const page = rows.slice(0, PAGE_SIZE);
      const names = await staffNames(
        tx,
        page.map((row) => row.ownerUserId),
      );
      const last = page.at(-1);
      const found = await foundIn(tx, { clubId: ctx.clubId, search, hits, conversationIds: page.map(({ id }) => id) });
      return {
        items: page.map((row) => ({ ...inboxRow(row, names), ...found(row.id) })),
        nextCursor: rows.length > PAGE_SIZE && last !== undefined ? cursorOf({ at: last.lastMessageAt, id: last.id }) : null,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type PageOf = z.output<typeof ListConversationsInput> & { readonly hits?: Hits };

const NO_HITS: Hits = new Map();

/** Ids of one page and of one row more, which tells whether there is a next one. Exported for the test of its plan. */
export const pageQuery = (ctx: ServiceContext, { cursor, hits = NO_HITS, search = "", view, ...filters }: PageOf): Prisma.Sql => {
  const after = typeof cursor === "string" ? afterPosition(cursor) : Prisma.empty;
  const matching = sql`${search === "" ? Prisma.empty : matchingSearch(ctx, { search, hits })} ${matchingFilters(ctx, filters)}`;
  const branches = viewConditions(view, ctx.actor).map(
    (condition) => sql`(
      select id, "lastMessageAt" from "Conversation"
      where "clubId" = ${ctx.clubId} and ${condition} and "archivedAt" is null ${after} ${matching}
      order by "lastMessageAt" desc, id desc limit ${PAGE_SIZE + 1})`,
  );
  return sql`select id from (${Prisma.join(branches, " union all ")}) as page order by "lastMessageAt" desc, id desc limit ${PAGE_SIZE + 1}`;
};

const afterPosition = (cursor: string): Prisma.Sql => {
  const { at, id } = positionOf(cursor);
  return sql`and ("lastMessageAt", id) < (${at}::timestamptz, ${id})`;
};
