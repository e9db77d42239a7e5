import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { recordAccountAudit } from "./account-audit.ts";
import type { SignedIn } from "./find-signed-in.ts";

/** Signs a user out everywhere: each session that exists is refused from the next call on. One's own right, so nothing is asked. */
export const endAllSessions = async (user: SignedIn, requestId: string | null): Promise<void> =>
  withSystem(async (tx) => {
    await raiseSessionVersion(tx, user.userId);
    const franchiseIds = new Set(user.accesses.map((access) => access.franchiseId));
    for (const franchiseId of franchiseIds) {
      await recordAccountAudit(tx, {
        franchiseId,
        clubId: null,
        action: "session.ended",
        userId: user.userId,
        entityId: user.userId,
        requestId,
      });
    }
  });

/** In a transaction of the system login. */
export const raiseSessionVersion = async (tx: Tx, userId: Id<"user">): Promise<void> => {
  await tx.db.user.updateMany({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } });
};
