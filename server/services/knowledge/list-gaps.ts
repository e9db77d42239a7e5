import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { GAPS_MAX_COUNT } from "./limits.ts";

export type Gap = {
  readonly id: Id<"knowledgeGap">;
  readonly question: string;
  readonly askedCount: number;
  readonly conversationId: Id<"conversation">;
  readonly lastAskedAt: Date;
};

/** Questions nobody has written an answer to, the most asked first. */
export const listGaps = async (ctx: ServiceContext): Promise<readonly Gap[]> => {
  assertCan(ctx, "knowledge.read");
  const rows = await withClub(
    ctx,
    (tx) =>
      tx.db.knowledgeGap.findMany({
        where: { clubId: ctx.clubId, status: "open" },
        orderBy: [{ lastAskedAt: "desc" }, { id: "desc" }],
        take: GAPS_MAX_COUNT,
        select: { id: true, question: true, askedCount: true, conversationId: true, lastAskedAt: true },
      }),
    { fixedNow: ctx.fixedNow },
  );
  return rows
    .map((row) => ({ ...row, id: row.id as Id<"knowledgeGap">, conversationId: row.conversationId as Id<"conversation"> }))
    .toSorted((left, right) => right.askedCount - left.askedCount);
};
