import "server-only";

import type { Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** Whether the club, or its whole franchise, is stopped at this moment; a club that is gone counts as stopped. One statement, because each message asks. */
export const isStopped = async (tx: Tx, { clubId }: Pick<ServiceContext, "clubId">): Promise<boolean> => {
  const [row] = await tx.db.$queryRaw<{ isStopped: boolean }[]>`
    select c."stoppedAt" is not null or f."stoppedAt" is not null as "isStopped"
    from "Club" c join "Franchise" f on f.id = c."franchiseId" where c.id = ${clubId}`;
  return row?.isStopped ?? true;
};
