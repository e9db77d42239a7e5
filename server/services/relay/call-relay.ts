import "server-only";

import { ConnectorError, HttpFailure } from "#server/connectors/errors.ts";
import { certificateChanged } from "#server/connectors/_shared/pinned-agent.ts";
import type { RelayRequest, RelayRoad } from "#server/connectors/ports.ts";
import type { Id } from "#server/domain/ids.ts";
import { monotonicMs } from "#server/platform/clock.ts";
import { Prisma } from "#server/platform/generated/client.ts";
import { newId } from "#server/platform/ids.ts";
import { withClub, type Tx } from "#server/platform/tenant.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { isMistrusted } from "./internal.ts";
import { ANSWER_CHECK_MS, GRACE_MS, SILENT_SECONDS } from "./limits.ts";
import { RelayOutcome, responseOf } from "./outcome.ts";
import { callKey, relayKey, waitForWake, wake } from "./wake.ts";

type Scope = Pick<ServiceContext, "franchiseId" | "clubId">;
type Place = { readonly connectionId: string; readonly takeTurn: () => Promise<void> };

/**
 * The road of one connection through the relay at its club. The call waits as a row until the relay takes it, in
 * whichever process the relay asks. A call that was not taken has not happened; one that was taken and not answered may
 * have.
 */
export const relayRoad =
  (scope: Scope, { connectionId, takeTurn }: Place): RelayRoad =>
  async (request) => {
    await takeTurn();
    const call = await withClub(scope, (tx) => enqueue(tx, { scope, connectionId, request }));
    wake(relayKey(call.relayId));
    return responseOf(await outcomeOf(scope, call, request), request.path);
  };

type Call = { readonly id: Id<"relayCall">; readonly relayId: string };
type Enqueue = { readonly scope: Scope; readonly connectionId: string; readonly request: RelayRequest };

const enqueue = async (tx: Tx, { scope, connectionId, request }: Enqueue): Promise<Call> => {
  const relay = await tx.db.relay.findFirst({
    where: { clubId: scope.clubId, connectionId, revokedAt: null },
    select: { id: true, lastSeenAt: true, fingerprint: true, shownFingerprint: true },
  });
  if (relay === null) {
    throw new ConnectorError("unavailable", "no relay is paired with this connection yet");
  }
  if (isMistrusted(relay)) {
    throw certificateChanged();
  }
  if (relay.lastSeenAt === null || tx.now.getTime() - relay.lastSeenAt.getTime() > SILENT_SECONDS * 1_000) {
    throw new ConnectorError("unavailable", "the relay at the club is silent");
  }
  const id = newId("relayCall");
  await tx.db.relayCall.createMany({
    data: {
      id,
      franchiseId: scope.franchiseId,
      clubId: scope.clubId,
      connectionId,
      relayId: relay.id,
      method: request.method,
      path: request.path,
      body: request.body ?? null,
      status: "queued",
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + request.timeoutMs),
    },
  });
  return { id, relayId: relay.id };
};

const outcomeOf = async (scope: Scope, { id }: Call, { timeoutMs, signal }: RelayRequest): Promise<RelayOutcome> => {
  const deadlineMs = monotonicMs() + timeoutMs + GRACE_MS;
  for (;;) {
    const outcome = await withClub(scope, (tx) => takeOutcome(tx, { clubId: scope.clubId, id }));
    if (outcome !== null) {
      return outcome;
    }
    const leftMs = deadlineMs - monotonicMs();
    if (leftMs <= 0 || signal?.aborted === true) {
      return lateOutcome(await withClub(scope, (tx) => giveUp(tx, { clubId: scope.clubId, id })));
    }
    await waitForWake(callKey(id), { ms: Math.min(ANSWER_CHECK_MS, leftMs), signal });
  }
};

type OneCall = { readonly clubId: string; readonly id: string };

/** What the controller said is read once and not kept: it names people. */
const takeOutcome = async (tx: Tx, where: OneCall): Promise<RelayOutcome | null> => {
  const row = await tx.db.relayCall.findFirst({ where: { ...where, status: "answered" }, select: { outcome: true } });
  if (row === null) {
    return null;
  }
  await tx.db.relayCall.updateMany({ where, data: { outcome: Prisma.DbNull } });
  return RelayOutcome.parse(row.outcome);
};

/** `not_taken`: it has not happened. `unanswered`: it may have. */
type GivenUp = RelayOutcome | "not_taken" | "unanswered";

/** From here on no relay is handed this call any more, and no answer of one counts. */
const giveUp = async (tx: Tx, where: OneCall): Promise<GivenUp> => {
  const queued = await tx.db.relayCall.updateMany({ where: { ...where, status: "queued" }, data: { status: "expired", body: null } });
  if (queued.count > 0) {
    return "not_taken";
  }
  const handed = await tx.db.relayCall.updateMany({ where: { ...where, status: "handed" }, data: { status: "expired", body: null } });
  return handed.count > 0 ? "unanswered" : ((await takeOutcome(tx, where)) ?? "unanswered");
};

/** Thrown here and not inside the transaction, which would take back what it has just written. */
const lateOutcome = (given: GivenUp): RelayOutcome => {
  if (given === "not_taken") {
    throw new ConnectorError("unavailable", "the relay at the club did not take the call in time");
  }
  if (given === "unanswered") {
    throw new HttpFailure("timed_out", "the relay at the club took the call and did not answer in time");
  }
  return given;
};
