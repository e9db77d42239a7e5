import "server-only";

import { env } from "#server/platform/env.ts";

import { hasGoogle } from "./auth-options.ts";

/** Which ways in this installation has, and whether it is the demo. */
export const signInOffer = (): { readonly hasGoogle: boolean; readonly isDemo: boolean } => ({
  hasGoogle: hasGoogle(),
  isDemo: env.DEMO_MODE === "on",
});
