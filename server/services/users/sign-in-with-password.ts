import "server-only";

import { asId, type Id } from "#server/domain/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { z } from "zod";

import { normalizeEmail } from "./email-address.ts";
import { PASSWORD_MAX_LENGTH } from "./new-password.ts";
import { hashPassword, isHashOutdated, verifyPassword } from "./password-hash.ts";
import { countTry, keysOf, recordSuccess, type TryKeys } from "./sign-in-attempts.ts";

export const SignInInput = z.object({
  email: z.string().max(500),
  password: z.string().max(PASSWORD_MAX_LENGTH),
});

/** What a session is made of. */
export type SessionSeed = { readonly userId: Id<"user">; readonly sessionVersion: number };

export type SignInOutcome =
  | ({ readonly kind: "signed_in" } & SessionSeed)
  /** Unknown, wrong and archived are one answer, and take the same time. */
  | { readonly kind: "refused" }
  | { readonly kind: "too_many_tries"; readonly waitMinutes: number };

type Options = {
  /** Where the try comes from, as server/auth/source-address.ts reads it. */
  readonly source: string;
  /** Set by tests only. */
  readonly fixedNow?: Date;
};

/** Signs a user in by e-mail and password. Nobody is known yet, so there is no permission to ask for. */
export const signInWithPassword = async (raw: z.input<typeof SignInInput>, options: Options): Promise<SignInOutcome> => {
  const input = SignInInput.safeParse(raw);
  if (!input.success) {
    return { kind: "refused" };
  }
  const email = normalizeEmail(input.data.email);
  const keys = keysOf(email ?? input.data.email, options.source);
  const { waitMinutes, user } = await withSystem(
    async (tx) => ({
      waitMinutes: await countTry(tx, keys),
      user: await tx.db.user.findFirst({
        where: { email: email ?? "", archivedAt: null },
        select: { id: true, passwordHash: true, sessionVersion: true },
      }),
    }),
    { fixedNow: options.fixedNow },
  );
  if (waitMinutes > 0) {
    return { kind: "too_many_tries", waitMinutes };
  }
  const isRight = await verifyPassword(input.data.password, user?.passwordHash ?? null);
  if (!isRight || user === null || user.passwordHash === null) {
    return { kind: "refused" };
  }
  const renewedHash = isHashOutdated(user.passwordHash) ? await hashPassword(input.data.password) : null;
  await recordSignIn({ keys, userId: user.id, renewedHash, usedHash: user.passwordHash }, options);
  return { kind: "signed_in", userId: asId("user", user.id), sessionVersion: user.sessionVersion };
};

type SignIn = { readonly keys: TryKeys; readonly userId: string; readonly renewedHash: string | null; readonly usedHash: string };

const recordSignIn = ({ keys, userId, renewedHash, usedHash }: SignIn, { fixedNow }: Options): Promise<void> =>
  withSystem(
    async (tx) => {
      await recordSuccess(tx, keys);
      await tx.db.user.updateMany({ where: { id: userId }, data: { lastSignedInAt: tx.now } });
      if (renewedHash !== null) {
        // A password changed in the meantime is not overwritten by the old one at a new cost.
        await tx.db.user.updateMany({ where: { id: userId, passwordHash: usedHash }, data: { passwordHash: renewedHash } });
      }
    },
    { fixedNow },
  );
