import "server-only";

import type { Provider } from "#server/domain/vocabulary.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { raiseAlert, settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { lagOf, providersWith } from "#server/services/connections/freshness.ts";
import { eachItem } from "#server/services/each-item.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

type Row = {
  readonly id: string;
  readonly franchiseId: string;
  readonly clubId: string;
  readonly provider: Provider;
  readonly status: string;
  readonly nextPollAt: Date | null;
  readonly since: Date;
};

/** Raises a card for each connection that should be read by itself and was not lately, and closes those that are read again. */
export const watchFreshness = async (): Promise<{ staleCount: number }> => {
  const { rows, now } = await withSystem(async (tx) => ({
    // Without a success and without a poll due, nothing has begun that could be late.
    rows: await tx.db.$queryRaw<Row[]>`
      select id, "franchiseId", "clubId", provider, status, "nextPollAt", coalesce("lastSuccessAt", "nextPollAt") as since
      from "Connection"
      where "archivedAt" is null and status in ('active', 'degraded') and coalesce("lastSuccessAt", "nextPollAt") is not null`,
    now: tx.now,
  }));
  const watched = rows.flatMap((row) => {
    const lag = lagOf(row, now);
    return lag === null ? [] : [{ ...row, isStale: lag.isStale }];
  });
  await eachItem(watched, (row) =>
    mark(systemContext(row, { job: "freshness" }), { id: row.id, isStale: row.isStale, isInbox: isInbox(row) }),
  );
  return { staleCount: watched.filter(({ isStale }) => isStale).length };
};

const isInbox = ({ provider }: Row): boolean => providersWith("inbox.poll").includes(provider);

type Watched = { readonly id: string; readonly isStale: boolean; readonly isInbox: boolean };

const mark = async (ctx: ServiceContext, watched: Watched): Promise<void> => {
  assertCan(ctx, "alert.raise");
  await inTransaction(ctx, async (tx) => {
    const { id } = watched;
    const key = `stale:${id}`;
    if (!watched.isStale) {
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
      detail: watched.isInbox
        ? "New messages there may be missing until it is read again. Nothing is lost."
        : "Members are as they were last read.",
      connectionId: id,
    });
    await recordAudit(tx, ctx, { action: "alert.raised", entityId: id, details: { kind: "poll_stale" } });
  });
};
