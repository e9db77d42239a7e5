import "server-only";

import { withClub } from "#server/platform/tenant.ts";
import { capabilitiesOf, type ToolCapability } from "#server/services/agent-runs/load-tool-run.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

/** What the vendors of the club's connections in use can do. */
export const readCapabilities = (ctx: ServiceContext): Promise<readonly ToolCapability[]> => {
  assertCan(ctx, "policy.read");
  return withClub(ctx, (tx) => capabilitiesOf(tx.db.connection, ctx), { fixedNow: ctx.fixedNow });
};
