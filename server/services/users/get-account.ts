import "server-only";

import { withSystem } from "#server/platform/tenant.ts";

import { assertOwnDevice } from "./assert-own-device.ts";
import type { SignedIn } from "./find-signed-in.ts";

export type Account = {
  readonly name: string;
  readonly email: string;
  /** False for whoever only ever signed in with Google. */ readonly hasPassword: boolean;
  /** When the PIN for shared computers was set; null where there is none. */
  readonly pinSetAt: Date | null;
};

/** One's own sign-in. One's own right, so nothing is asked. */
export const getAccount = async (user: SignedIn): Promise<Account> => {
  assertOwnDevice(user);
  const { userId, name, email } = user;
  return withSystem(async (tx) => {
    const { passwordHash, pinSetAt } = await tx.db.user.findUniqueOrThrow({
      where: { id: userId },
      select: { passwordHash: true, pinSetAt: true },
    });
    return { name, email, hasPassword: passwordHash !== null, pinSetAt };
  });
};
