import "server-only";

import { setTimeout as sleep } from "node:timers/promises";

import type { Id } from "#server/domain/ids.ts";
import { monotonicMs } from "#server/platform/clock.ts";
import { log } from "#server/platform/logger.ts";
import { shutdownSignal } from "#server/platform/shutdown.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { providersWith } from "#server/services/connections/freshness.ts";
import { systemContext } from "#server/services/context.ts";
import { pollConnection } from "#server/services/sync/poll-connection.ts";

export const SHARD_SIZE = 50;
/** One step of the engine; the runs of two minutes overlap by more than what is missing to the minute. */
const STEP_MS = 50_000;
/** How often a shard looks which of its connections are due. */
const LOOK_MS = 250;

type PolledConnection = { readonly id: string; readonly franchiseId: string; readonly clubId: string };

/** Ids of all connections that are polled, in groups that one step can serve. */
export const listShards = async (): Promise<string[][]> => {
  const rows = await withSystem(
    (tx) => tx.db.$queryRaw<{ id: string }[]>`
      select id from "Connection" where "archivedAt" is null and status in ('active', 'degraded') and "nextPollAt" is not null
        and provider = any (${[...providersWith("inbox.poll")]}::text[]) order by id`,
  );
  const ids = rows.map((row) => row.id);
  return Array.from({ length: Math.ceil(ids.length / SHARD_SIZE) }, (_, index) => ids.slice(index * SHARD_SIZE, (index + 1) * SHARD_SIZE));
};

/**
 * Polls the connections of one shard, each at its own pace, for at most 50 s; leaves at once when the process is told
 * to stop. Two of these may run on the same shard at a time: the lease on each connection decides who polls it.
 */
export const pollShard = async ({
  connectionIds,
}: {
  readonly connectionIds: readonly string[];
}): Promise<{ polledCount: number; storedCount: number }> => {
  const until = monotonicMs() + STEP_MS;
  const signal = shutdownSignal();
  const underway = new Map<string, Promise<void>>();
  const totals = { polledCount: 0, storedCount: 0 };
  while (monotonicMs() < until && !signal.aborted) {
    for (const connection of await due(connectionIds)) {
      if (!underway.has(connection.id)) {
        underway.set(
          connection.id,
          poll(connection, { signal, totals }).finally(() => underway.delete(connection.id)),
        );
      }
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
  await Promise.race([Promise.all(underway.values()), stopped(signal)]);
  return totals;
};

const due = (connectionIds: readonly string[]): Promise<PolledConnection[]> =>
  withSystem(
    (tx) => tx.db.$queryRaw<PolledConnection[]>`
      select id, "franchiseId", "clubId" from "Connection"
      where id = any (${[...connectionIds]}::text[]) and "archivedAt" is null and status in ('active', 'degraded') and "nextPollAt" <= ${tx.now}
        and ("leaseUntil" is null or "leaseUntil" < ${tx.now})`,
  );

type Progress = { readonly signal: AbortSignal; readonly totals: { polledCount: number; storedCount: number } };

const poll = async (connection: PolledConnection, { signal, totals }: Progress): Promise<void> => {
  try {
    const result = await pollConnection(systemContext(connection, { job: "poll" }), {
      connectionId: connection.id as Id<"connection">,
      signal,
    });
    if (result.kind === "polled") {
      totals.polledCount += 1;
      totals.storedCount += result.storedCount;
    }
  } catch (error) {
    log.error({ err: error, connectionId: connection.id }, "a poll ended unexpectedly");
  }
};

const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
    } else {
      signal.addEventListener("abort", () => resolve(), { once: true });
    }
  });
