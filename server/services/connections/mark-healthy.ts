import "server-only";

import type { Provider } from "#server/domain/vocabulary.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { staleAfterSeconds } from "#server/services/connections/freshness.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";

type Healthy = { readonly connectionId: string; readonly provider: Provider };

/**
 * The vendor has just accepted the stored credentials: errors are over, their cards close, and what is read by itself
 * is read at once. A paused connection stays paused. Part of the caller's transaction.
 */
export const markHealthy = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, provider }: Healthy): Promise<void> => {
  const where = { id: connectionId, clubId: ctx.clubId };
  await tx.db.connection.updateMany({ where, data: { errorCount: 0, lastErrorKind: null } });
  await tx.db.connection.updateMany({ where: { ...where, status: { not: "disabled" } }, data: { status: "active" } });
  await tx.db.connection.updateMany({ where: { ...where, nextPollAt: { not: null } }, data: { nextPollAt: tx.now } });
  // The rest after a failed sync has an end and no owner.
  await tx.db.connection.updateMany({ where: { ...where, leaseOwner: null }, data: { leaseUntil: null } });
  if (staleAfterSeconds(provider) === null) {
    // Where nothing is read by itself, a test is the only reading there is; elsewhere it must not hide a silence.
    await tx.db.connection.updateMany({ where, data: { lastSuccessAt: tx.now } });
  }
  for (const cause of ["connection", "pause", "members-unauthorized", "members-failing"]) {
    await settleAlert(tx, ctx, `${cause}:${connectionId}`);
  }
  tx.news.changes.push({ topic: "connection" });
};
