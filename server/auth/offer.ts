import "server-only";

import { env } from "#server/platform/env.ts";

import { hasGoogle } from "./auth-options.ts";

type Offer = { readonly hasGoogle: boolean; readonly canSignUp: boolean; readonly isDemo: boolean };

/** Which ways in this installation has, and whether it is the demo. */
export const signInOffer = (): Offer => ({
  hasGoogle: hasGoogle(),
  canSignUp: env.SIGN_UP === "on",
  isDemo: env.DEMO_MODE === "on",
});
