import "server-only";

import type { Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import type { Tx } from "#server/platform/tenant.ts";
import { auditOwnAccount } from "./account-audit.ts";
import { assertOwnDevice } from "./assert-own-device.ts";
import type { SignedIn } from "./find-signed-in.ts";

/** Signs a user out everywhere: each session that exists is refused from the next call on. One's own right, so nothing is asked. */
export const endAllSessions = async (user: SignedIn, requestId: string | null): Promise<void> => {
  assertOwnDevice(user);
  await withSystem(async (tx) => {
    await raiseSessionVersion(tx, user.userId);
    await auditOwnAccount(tx, { user, action: "session.ended", requestId });
  });
};

/** In a transaction of the system login. */
export const raiseSessionVersion = async (tx: Tx, userId: Id<"user">): Promise<void> => {
  await tx.db.user.updateMany({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } });
};
