import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { withSystem } from "#server/platform/tenant.ts";

import { auditOwnAccount } from "./account-audit.ts";
import { assertOwnDevice } from "./assert-own-device.ts";
import type { SignedIn } from "./find-signed-in.ts";
import { NewPassword, PASSWORD_MAX_LENGTH } from "./new-password.ts";
import { hashPassword, verifyPassword } from "./password-hash.ts";
import { countTry, keysOf, recordSuccess } from "./sign-in-attempts.ts";

export const ChangePasswordInput = z.object({
  /** Empty for whoever has none yet. */
  current: z.string().max(PASSWORD_MAX_LENGTH),
  next: NewPassword,
});

/**
 * A new password, against the one before it. Every session ends, also this one: whoever changed it signs in with it again, and
 * sets a new PIN if they had one.
 * Tries are limited like those of signing in. One's own right, so nothing is asked.
 * @throws `forbidden` for a wrong password, `limit_exceeded`
 */
export const changePassword = async (user: SignedIn, raw: z.input<typeof ChangePasswordInput>, requestId: string): Promise<void> => {
  assertOwnDevice(user);
  const { current, next } = ChangePasswordInput.parse(raw);
  // A session has no place: its tries are counted together, apart from those of strangers who have none.
  const keys = keysOf(user.email, `own-session:${user.userId}`);
  const { waitMinutes, stored } = await withSystem(async (tx) => ({
    waitMinutes: await countTry(tx, keys),
    stored: await tx.db.user.findUniqueOrThrow({ where: { id: user.userId }, select: { passwordHash: true } }),
  }));
  if (waitMinutes > 0) {
    throw new DomainError("limit_exceeded", `too many tries; wait ${waitMinutes === 1 ? "a minute" : `${waitMinutes} minutes`}`);
  }
  if (stored.passwordHash !== null && !(await verifyPassword(current, stored.passwordHash))) {
    throw new DomainError("forbidden", "the current password is not right");
  }
  const passwordHash = await hashPassword(next);
  await withSystem(async (tx) => {
    await recordSuccess(tx, keys);
    const { count } = await tx.db.user.updateMany({
      where: { id: user.userId, passwordHash: stored.passwordHash },
      // What was set under the old password goes with it.
      data: { passwordHash, sessionVersion: { increment: 1 }, pinHash: null, pinSetAt: null, pinTries: 0 },
    });
    if (count === 0) {
      throw new DomainError("conflict", "the password was changed elsewhere a moment ago");
    }
    await auditOwnAccount(tx, { user, action: "account.changed", details: { changed: "password" }, requestId });
  });
};
