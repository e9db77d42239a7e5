import "server-only";

import { settleUse } from "#server/services/automations/settle-use.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

/** The action of an automation did not happen, or nobody can tell: whoever asked hears so, and a person is called. */
export const actionFailed = async (tx: ServiceTx, ctx: ServiceContext, effectId: string): Promise<void> => {
  await settleUse(tx, ctx, {
    effectId,
    outcome: "failed",
    line: { bay_reset: "reset_failed", door_unlock: "door_failed" },
    needsPerson: true,
  });
};
