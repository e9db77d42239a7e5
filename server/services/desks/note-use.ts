import "server-only";

import { withSystem } from "#server/platform/tenant.ts";

import { readDesk } from "./find-desk.ts";

/**
 * Somebody is still at the desk: a press or a key, never a page that refreshes itself. Answers whether the desk is open; one that has
 * locked meanwhile stays locked. The desk's token is the permission.
 */
export const noteDeskUse = (token: string, { fixedNow }: { readonly fixedNow?: Date } = {}): Promise<boolean> =>
  withSystem(
    async (tx) => {
      const desk = await readDesk(tx, token);
      if (desk?.occupant == null) {
        return false;
      }
      const { userId } = desk.occupant;
      const { count } = await tx.db.desk.updateMany({ where: { id: desk.id, userId, endedAt: null }, data: { lastUsedAt: tx.now } });
      return count > 0;
    },
    { fixedNow },
  );
