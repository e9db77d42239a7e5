import "server-only";

import { INBOX_VIEWS, type InboxCounts, type InboxView } from "#server/domain/inbox-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { viewConditions } from "./view-conditions.ts";

/** A view is counted no further: nobody reads the difference, and the count must stay cheap in an old club. */
export const MAX_COUNT = 1_000;

const { sql } = Prisma;

/** How many conversations each view holds, at most `MAX_COUNT`. */
export const countConversations = async (ctx: ServiceContext): Promise<InboxCounts> => {
  assertCan(ctx, "conversation.read");
  const columns = INBOX_VIEWS.map((view) => sql`(${countQuery(ctx, view)}) as ${Prisma.raw(`"${view}"`)}`);
  const rows = await withClub(ctx, (tx) => tx.db.$queryRaw<InboxCounts[]>`select ${Prisma.join(columns)}`, { fixedNow: ctx.fixedNow });
  return rows[0] ?? { needs_you: 0, agent: 0, mine: 0, all: 0, snoozed: 0, resolved: 0 };
};

const countQuery = (ctx: ServiceContext, view: InboxView): Prisma.Sql => {
  const branches = viewConditions(view, ctx.actor).map(
    (condition) =>
      sql`(select 1 from "Conversation" where "clubId" = ${ctx.clubId} and ${condition} and "archivedAt" is null limit ${MAX_COUNT})`,
  );
  return sql`select least(count(*), ${MAX_COUNT})::int from (${Prisma.join(branches, " union all ")}) as counted`;
};
