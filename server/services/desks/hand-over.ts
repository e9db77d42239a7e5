import "server-only";

import { withSystem } from "#server/platform/tenant.ts";
import { recordAccountAudit } from "#server/services/users/account-audit.ts";

import { readDesk } from "./find-desk.ts";

type Options = { readonly requestId: string | null; /** Set by tests only. */ readonly fixedNow?: Date };

/** Locks a desk at once: the next person types their own PIN. Harmless where nobody is there. The desk's token is the permission. */
export const handOverDesk = (token: string, { requestId, fixedNow }: Options): Promise<void> =>
  withSystem(
    async (tx) => {
      const desk = await readDesk(tx, token);
      if (desk === null) {
        return;
      }
      const { clubId, franchiseId, id: deskId, occupant } = desk;
      await tx.db.desk.updateMany({ where: { id: deskId }, data: { userId: null, sessionVersion: null, openedAt: null } });
      if (occupant !== null) {
        const { userId } = occupant;
        await recordAccountAudit(tx, { action: "desk.handed_over", franchiseId, clubId, userId, entityId: deskId, deskId, requestId });
      }
    },
    { fixedNow },
  );
