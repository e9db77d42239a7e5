import "server-only";

import type { Actor } from "#server/domain/actor.ts";
import type { ListScope } from "#server/domain/inbox-view.ts";
import { Prisma } from "#server/platform/generated/client.ts";

const { sql } = Prisma;

/** Somebody of the staff has it, and the contact waits. `none` keeps it apart from what the agent asked for. */
const STAFF_WAITED_FOR = sql`status = 'open' and "handledBy" = 'staff' and "waitingSince" is not null and "needsYou" = 'none'`;

/**
 * The conditions of a view: a conversation that meets one of them is in it, and none meets two. They stay apart
 * because each walks an index in the order of the list, which one condition with `or` or `in` could not.
 */
export const viewConditions = (view: ListScope, actor: Actor): readonly Prisma.Sql[] => {
  switch (view) {
    case "needs_you":
      // What somebody put off needs nobody until it wakes.
      return [
        sql`"needsYou" = 'approval' and status <> 'snoozed'`,
        sql`"needsYou" = 'escalation' and status <> 'snoozed'`,
        STAFF_WAITED_FOR,
      ];
    case "agent":
      return [sql`status = 'open' and "handledBy" = 'agent' and "needsYou" = 'none'`];
    case "mine":
      return [sql`status = 'open' and "ownerUserId" = ${actor.kind === "staff" ? actor.userId : ""}`];
    case "all":
      return [sql`status = 'open'`];
    case "snoozed":
      return [sql`status = 'snoozed'`];
    case "resolved":
      return [sql`status = 'resolved'`];
    case "history":
      return [sql`status = 'open'`, sql`status = 'snoozed'`, sql`status = 'resolved'`];
  }
};
