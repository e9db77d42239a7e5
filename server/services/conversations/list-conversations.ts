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
import { staffNames } from "./staff-names.ts";
import { viewConditions } from "./view-conditions.ts";

/** About three screens; the list asks for more when somebody scrolls. */
export const PAGE_SIZE = 50;
/** From so many digits on, a search is taken for a part of a number. */
const MIN_PHONE_DIGITS = 4;

const { sql } = Prisma;

/** One page of a view, newest message first. @throws `invalid` for a cursor that is none */
export const listConversations = async (ctx: ServiceContext, raw: ListConversationsInput): Promise<ConversationPage> => {
  assertCan(ctx, "conversation.read");
  const input = ListConversationsInput.parse(raw);
  const chosen = pageQuery(ctx, input);
  return withClub(
    ctx,
    async (tx) => {
      const rows = await readRows(tx, { clubId: ctx.clubId, chosen });
      const page = rows.slice(0, PAGE_SIZE);
      const names = await staffNames(
        tx,
        page.map((row) => row.ownerUserId),
      );
      const last = page.at(-1);
      return {
        items: page.map((row) => inboxRow(row, names)),
        nextCursor: rows.length > PAGE_SIZE && last !== undefined ? cursorOf({ at: last.lastMessageAt, id: last.id }) : null,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};

type PageOf = z.output<typeof ListConversationsInput>;

/** Ids of one page and of one row more, which tells whether there is a next one. Exported for the test of its plan. */
export const pageQuery = (ctx: ServiceContext, { view, search, cursor }: PageOf): Prisma.Sql => {
  const after = typeof cursor === "string" ? afterPosition(cursor) : Prisma.empty;
  const matching = search === undefined || search === "" ? Prisma.empty : matches(search);
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

/** By name, by the newest words, and by a part of the number. */
const matches = (search: string): Prisma.Sql => {
  const pattern = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const digits = search.replaceAll(/\D/g, "");
  const hasNumber =
    digits.length < MIN_PHONE_DIGITS
      ? Prisma.empty
      : sql`or exists (
          select 1 from "ContactIdentity" identity
          where identity."clubId" = "Conversation"."clubId" and identity."contactId" = "Conversation"."contactId" and identity.address like ${`%${digits}%`})`;
  return sql`and ("lastMessagePreview" ilike ${pattern} or exists (
    select 1 from "Contact" contact
    where contact."clubId" = "Conversation"."clubId" and contact.id = "Conversation"."contactId" and contact."displayName" ilike ${pattern}) ${hasNumber})`;
};
