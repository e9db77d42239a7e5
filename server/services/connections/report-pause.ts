import "server-only";

import { log } from "#server/platform/logger.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;

/**
 * Shows people that calls of a connection are held back because its vendor does not answer, and that they go on again.
 * Not awaited by the call that noticed it; a failure to tell is logged, and the health page shows the connection anyway.
 */
export const reportPause = (scope: Scope, input: { readonly connectionId: string; readonly isPaused: boolean }): void => {
  void tell(systemContext(scope, { job: "circuit-breaker" }), input).catch((error: unknown) =>
    log.error({ err: error, clubId: scope.clubId, connectionId: input.connectionId }, "a pause of a connection could not be shown"),
  );
};

const tell = async (
  ctx: ServiceContext,
  { connectionId, isPaused }: { readonly connectionId: string; readonly isPaused: boolean },
): Promise<void> => {
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    const key = `pause:${connectionId}`;
    const row = await tx.db.connection.findFirst({ where: { id: connectionId, clubId: ctx.clubId }, select: { name: true } });
    if (row === null) {
      return;
    }
    if (isPaused) {
      await raiseAlert(tx, ctx, {
        kind: "connection_failing",
        severity: "warning",
        key,
        title: `${row.name}: calls are paused`,
        detail: "The vendor did not answer several times in a row. Spotter tries again by itself, first after half a minute.",
        connectionId,
      });
      await recordAudit(tx, ctx, { action: "connection.failed", entityId: connectionId, details: { kind: "paused" } });
    } else {
      await settleAlert(tx, ctx, key);
    }
    tx.news.changes.push({ topic: "connection" });
  });
};
