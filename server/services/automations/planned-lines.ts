import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { AFTER_LINES, lineKeyOf } from "./line-keys.ts";

/** Lines about an action that are planned and not on their way yet. */
export const plannedLines = (ctx: ServiceContext, effectId: string): Promise<readonly Id<"effect">[]> =>
  withClub(ctx, async (tx) => {
    const effectKeys = AFTER_LINES.map((line) => lineKeyOf(effectId, line));
    const rows = await tx.db.effect.findMany({
      where: { clubId: ctx.clubId, effectKey: { in: effectKeys }, status: "planned" },
      orderBy: { id: "asc" },
      select: { id: true },
    });
    return rows.map(({ id }) => id as Id<"effect">);
  });
