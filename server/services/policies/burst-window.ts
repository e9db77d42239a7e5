import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";
import { resolvedPolicy } from "#server/services/policies/resolved-policy.ts";

/** How long the club waits for the rest of what a member is typing, in seconds. */
export const burstWindowSeconds = async (ctx: ServiceContext): Promise<number> => {
  assertCan(ctx, "policy.read");
  return withClub(ctx, async (tx) => (await resolvedPolicy(tx, ctx)).policy.burstWindowSeconds, { fixedNow: ctx.fixedNow });
};
