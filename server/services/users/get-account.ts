import "server-only";

import { withSystem } from "#server/platform/tenant.ts";

import type { SignedIn } from "./find-signed-in.ts";

export type Account = {
  readonly name: string;
  readonly email: string;
  /** False for whoever only ever signed in with Google. */ readonly hasPassword: boolean;
};

/** One's own sign-in. One's own right, so nothing is asked. */
export const getAccount = ({ userId, name, email }: SignedIn): Promise<Account> =>
  withSystem(async (tx) => {
    const user = await tx.db.user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
    return { name, email, hasPassword: user.passwordHash !== null };
  });
