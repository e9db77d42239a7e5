import { signIn } from "next-auth/react";

import { UNAVAILABLE } from "#server/auth/sign-in-errors.ts";

/** Null when it worked, otherwise the word for what was wrong. */
export const trySignIn = async (credentials: { readonly email: string; readonly password: string }): Promise<string | null> => {
  try {
    const answer = await signIn("credentials", { ...credentials, redirect: false });
    return answer?.ok === true ? null : (answer?.error ?? UNAVAILABLE);
  } catch {
    return UNAVAILABLE;
  }
};
