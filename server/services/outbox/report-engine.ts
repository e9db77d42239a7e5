import "server-only";

import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { inTransaction, systemContext } from "#server/services/context.ts";

const KEY = "engine";

/** Opens or closes the club's card about the durable engine. */
export const reportEngine = async (
  scope: { readonly franchiseId: string; readonly clubId: string },
  { isSilent }: { readonly isSilent: boolean },
): Promise<void> => {
  const ctx = systemContext(scope, { job: "relay" });
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    if (!isSilent) {
      await settleAlert(tx, ctx, KEY);
      return;
    }
    await raiseAlert(tx, ctx, {
      kind: "engine_silent",
      severity: "critical",
      key: KEY,
      title: "Spotter's engine does not answer",
      detail: "New messages are stored and shown, and replies of staff go out; Spotter answers again when the engine is back.",
    });
    await recordAudit(tx, ctx, { action: "alert.raised", details: { kind: "engine_silent" } });
  });
};
