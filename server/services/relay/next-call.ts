import "server-only";

import { DomainError } from "#server/domain/errors.ts";
import { monotonicMs } from "#server/platform/clock.ts";
import { shutdownSignal } from "#server/platform/shutdown.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

import { findRelay, relayIsUnknown } from "./internal.ts";
import { LEAST_LEFT_MS, NEXT_WAIT_MS, QUEUE_CHECK_MS } from "./limits.ts";
import { noteRelay, type RelayReport } from "./note-relay.ts";
import { relayKey, waitForWake } from "./wake.ts";

type Handed = {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly body: string | null;
  /** From the moment it was handed out. */
  readonly expiresInMs: number;
};

/** `waitedMs`: how much of the question's time passed here, so that the relay knows how long the call was on its way. */
export type NextCall = { readonly call: Handed; readonly waitedMs: number };

type Input = { readonly token: string; readonly report: RelayReport; readonly signal: AbortSignal };

/**
 * The next call of a relay; `null` when there was none for 25 s, or when the relay has hung up.
 * A call is handed out once, whoever asks how often and in how many processes.
 * @throws `forbidden` for a relay that is not paired, `upstream_unavailable` when this process ends
 */
export const nextRelayCall = async ({ token, report, signal }: Input): Promise<NextCall | null> => {
  const startedMs = monotonicMs();
  const relay = await findRelay(token);
  const ctx = systemContext(relay, { job: "relay" });
  assertCan(ctx, "relay.serve");
  await noteRelay(ctx, { relay, report });
  const ending = AbortSignal.any([signal, shutdownSignal()]);
  for (;;) {
    // A relay that has hung up would be handed a call that it never hears of.
    const call = ending.aborted ? null : await claim(ctx, relay.id);
    const waitedMs = Math.round(monotonicMs() - startedMs);
    if (call === null && shutdownSignal().aborted) {
      // "Nothing to do" would bring it back at once on the open connection, and this process would never end.
      throw new DomainError("upstream_unavailable", "this server is about to stop");
    }
    if (call !== null || ending.aborted || waitedMs >= NEXT_WAIT_MS) {
      return call === null ? null : { call, waitedMs };
    }
    await waitForWake(relayKey(relay.id), { ms: Math.min(QUEUE_CHECK_MS, NEXT_WAIT_MS - waitedMs), signal: ending });
  }
};

type Row = { readonly [K in keyof Omit<Handed, "expiresInMs">]: Handed[K] | null } & { readonly expiresAt: Date | null };

/** @throws `forbidden` when the relay was revoked, or its connection removed, while it waited, in whichever process */
const claim = (ctx: ServiceContext, relayId: string): Promise<Handed | null> =>
  inTransaction(ctx, async (tx) => {
    const soon = new Date(tx.now.getTime() + LEAST_LEFT_MS);
    const [row] = await tx.db.$queryRaw<Row[]>`
      with live as (
        select r.id from "Relay" r join "Connection" c on c.id = r."connectionId" and c."clubId" = r."clubId" and c."archivedAt" is null
        where r.id = ${relayId} and r."clubId" = ${ctx.clubId} and r."revokedAt" is null),
      taken as (
        update "RelayCall" set status = 'handed', "handedAt" = ${tx.now}
        where id = (
          select id from "RelayCall"
          where "clubId" = ${ctx.clubId} and "relayId" = (select id from live) and status = 'queued' and "expiresAt" > ${soon}
          order by "createdAt" limit 1 for update skip locked)
        returning id, method, path, body, "expiresAt")
      select taken.* from live left join taken on true`;
    if (row === undefined) {
      throw relayIsUnknown();
    }
    const { id, method, path, body, expiresAt } = row;
    return id === null || method === null || path === null || expiresAt === null
      ? null
      : { id, method, path, body, expiresInMs: expiresAt.getTime() - tx.now.getTime() };
  });
