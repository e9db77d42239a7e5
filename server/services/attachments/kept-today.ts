import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

const DAY_MS = 86_400_000;

/** Bytes of files that the club has begun to keep within the last 24 hours. */
export const keptToday = async (tx: Tx, ctx: Pick<ServiceContext, "clubId">): Promise<number> => {
  const { _sum } = await tx.db.attachment.aggregate({
    where: { clubId: ctx.clubId, createdAt: { gt: new Date(tx.now.getTime() - DAY_MS) }, contentHash: { not: null } },
    _sum: { sizeBytes: true },
  });
  return _sum.sizeBytes ?? 0;
};
