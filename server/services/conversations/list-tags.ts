import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** More than a list to choose from can show. */
const MAX_TAGS = 100;

/** What conversations of this club are tagged with, by name. */
export const listTags = async (ctx: ServiceContext): Promise<readonly string[]> => {
  assertCan(ctx, "conversation.read");
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.conversationTag.findMany({
        where: { clubId: ctx.clubId },
        distinct: ["tag"],
        orderBy: { tag: "asc" },
        take: MAX_TAGS,
        select: { tag: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return rows.map(({ tag }) => tag);
};
