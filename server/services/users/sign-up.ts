import "server-only";

import { z } from "zod";

import { DomainError } from "#server/domain/errors.ts";
import { env } from "#server/platform/env.ts";
import { withSystem } from "#server/platform/tenant.ts";

import { createUser, NAME_MAX_LENGTH } from "./create-user.ts";
import { EmailAddress } from "./email-address.ts";
import { NewPassword } from "./new-password.ts";
import { hashPassword } from "./password-hash.ts";
import { countTry, keysOf } from "./sign-in-attempts.ts";

export const SignUpInput = z.object({
  name: z.string().trim().min(1, "tell your team your name").max(NAME_MAX_LENGTH),
  email: EmailAddress,
  password: NewPassword,
});

type Options = {
  /** Where the try comes from, as server/auth/source-address.ts reads it. */
  readonly source: string;
  readonly fixedNow?: Date;
};

/**
 * Makes a user of a stranger, who may then found a franchise. Nobody is known yet, so there is no permission to ask for;
 * tries of one place are limited like failed sign-ins of one address, because the answer tells whether an address is known.
 * @throws `forbidden` where sign-up is closed, `limit_exceeded`, `conflict` for an address that signs in already
 */
export const signUp = async (raw: z.input<typeof SignUpInput>, { source, fixedNow }: Options): Promise<{ readonly email: string }> => {
  if (env.SIGN_UP === "off") {
    throw new DomainError("forbidden", "this installation takes no new sign-ups; ask whoever runs it for an invitation");
  }
  const { name, email, password } = SignUpInput.parse(raw);
  const waitMinutes = await withSystem((tx) => countTry(tx, keysOf(`sign-up:${source}`, source)), { fixedNow });
  if (waitMinutes > 0) {
    throw new DomainError(
      "limit_exceeded",
      `many sign-ups came from here; try again in ${waitMinutes === 1 ? "a minute" : `${waitMinutes} minutes`}`,
    );
  }
  const passwordHash = await hashPassword(password);
  const userId = await withSystem((tx) => createUser(tx, { email, name, passwordHash, googleSubject: null }), { fixedNow });
  if (userId === null) {
    throw new DomainError("conflict", "this address has a sign-in already, use it instead");
  }
  return { email };
};
