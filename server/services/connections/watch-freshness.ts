import "server-only";

import { withSystem } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

/** A polled connection that was not read for this long is shown as stale: six slow polls of 10 s. */
export const STALE_SECONDS = 60;
/** Back-fill connections are read every minute; two missed ones are stale. */
const BACK_FILL_STALE_SECONDS = 150;

type Watched = { readonly id: string; readonly franchiseId: string; readonly clubId: string; readonly isStale: boolean };

/** Raises a card for each polled connection that nobody has read lately, and closes those that are read again. */
export const watchFreshness = async (): Promise<{ staleCount: number }> => {
  const rows = await withSystem(
    (tx) => tx.db.$queryRaw<Watched[]>`
      select id, "franchiseId", "clubId",
             coalesce("lastSuccessAt", "nextPollAt") < case when provider = 'openphone' then ${ago(tx.now, BACK_FILL_STALE_SECONDS)}::timestamptz else ${ago(tx.now, STALE_SECONDS)}::timestamptz end as "isStale"
      from "Connection" where "archivedAt" is null and status in ('active', 'degraded') and "nextPollAt" is not null and provider in ('clubos', 'openphone', 'email')`,
  );
  for (const row of rows) {
    await mark(systemContext(row, { job: "freshness" }), row);
  }
  return { staleCount: rows.filter((row) => row.isStale).length };
};

const ago = (now: Date, seconds: number): Date => new Date(now.getTime() - seconds * 1_000);

const mark = async (ctx: ServiceContext, { id, isStale }: Watched): Promise<void> => {
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    const key = `stale:${id}`;
    if (!isStale) {
      await settleAlert(tx, ctx, key);
      return;
    }
    const isOpen = (await tx.db.alert.count({ where: { clubId: ctx.clubId, key, resolvedAt: null } })) > 0;
    if (isOpen) {
      return;
    }
    const connection = await tx.db.connection.findFirst({ where: { id, clubId: ctx.clubId }, select: { name: true } });
    await raiseAlert(tx, ctx, {
      kind: "poll_stale",
      severity: "warning",
      key,
      title: `${connection?.name ?? "A connection"} has not been read for a while`,
      detail: "New messages there may be missing until it is read again. Nothing is lost.",
      connectionId: id,
    });
    await recordAudit(tx, ctx, { action: "alert.raised", entityId: id, details: { kind: "poll_stale" } });
  });
};
