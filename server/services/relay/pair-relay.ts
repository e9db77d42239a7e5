import "server-only";

import { z } from "zod";

import { createTokenBucket } from "#server/connectors/_shared/token-bucket.ts";
import { DomainError } from "#server/domain/errors.ts";
import type { Id } from "#server/domain/ids.ts";
import { monotonicMs } from "#server/platform/clock.ts";
import { newId } from "#server/platform/ids.ts";
import { withSystem } from "#server/platform/tenant.ts";
import { settleAlert } from "#server/services/alerts/raise-alert.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, systemContext, type ServiceContext } from "#server/services/context.ts";

import { codeHashOf } from "./internal.ts";
import { PAIRINGS_A_SECOND } from "./limits.ts";
import { forgetMistrust, RelayReport, silentKey } from "./note-relay.ts";
import { newRelayToken, relayTokenHash } from "./relay-token.ts";

export const PairRelayInput = RelayReport.pick({ version: true, fingerprint: true }).extend({ code: z.string().max(20) });

export type PairedRelay = {
  /** Given out once: only its hash is kept. */
  readonly token: string;
  readonly connectionId: Id<"connection">;
  /** So that whoever stands at the club sees that it is the right one. */
  readonly club: string;
};

const tries = createTokenBucket({ requestsPerSecond: PAIRINGS_A_SECOND, burst: PAIRINGS_A_SECOND }, monotonicMs);

/**
 * Trades a code for a relay's token. Of two at the same time one wins. The relay that served the connection until now is
 * revoked. The certificate it reports is the one that is trusted from now on.
 * @throws `not_found` for a code that is wrong, used or expired: one answer for all · `limit_exceeded`
 */
export const pairRelay = async (raw: unknown): Promise<PairedRelay> => {
  // A refused try takes no place: or whoever tries on and on would keep everybody out for long afterwards.
  if (tries.left() === 0) {
    throw new DomainError("limit_exceeded", "too many tries, wait a moment");
  }
  tries.take();
  const { code, fingerprint, version } = PairRelayInput.parse(raw);
  const pairing = await findPairing(code);
  const ctx = systemContext(pairing, { job: "relay-pairing" });
  assertCan(ctx, "relay.serve");
  const token = newRelayToken();
  const { connectionId } = pairing;
  const club = await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.relayPairing.updateMany({
      where: { id: pairing.id, clubId: ctx.clubId, usedAt: null, revokedAt: null, expiresAt: { gt: tx.now } },
      data: { usedAt: tx.now },
    });
    const place = await tx.db.connection.findFirst({
      where: { id: connectionId, clubId: ctx.clubId, archivedAt: null },
      select: { club: { select: { name: true } } },
    });
    if (count === 0 || place === null) {
      throw codeIsDead();
    }
    await tx.db.relay.updateMany({ where: { clubId: ctx.clubId, connectionId, revokedAt: null }, data: { revokedAt: tx.now } });
    const id = newId("relay");
    await tx.db.relay.createMany({
      data: {
        id,
        franchiseId: ctx.franchiseId,
        clubId: ctx.clubId,
        connectionId,
        tokenHash: relayTokenHash(token),
        fingerprint,
        shownFingerprint: fingerprint,
        controllerSeenAt: tx.now,
        version,
        pairedById: pairing.createdById,
        pairedAt: tx.now,
        lastSeenAt: tx.now,
      },
    });
    await tx.db.connection.updateMany({
      where: { id: connectionId, clubId: ctx.clubId, status: { not: "disabled" } },
      data: { status: "active", lastSuccessAt: tx.now },
    });
    await settleAlert(tx, ctx, silentKey(connectionId));
    await forgetMistrust(tx, ctx, connectionId);
    await recordAudit(tx, ctx, { action: "relay.paired", entityId: id, details: { connectionId, fingerprint } });
    tx.news.changes.push({ topic: "connection" });
    return place.club.name;
  });
  return { token, connectionId, club };
};

type Pairing = Pick<ServiceContext, "franchiseId" | "clubId"> & {
  readonly id: Id<"relayPairing">;
  readonly connectionId: Id<"connection">;
  readonly createdById: string;
};

const findPairing = async (code: string): Promise<Pairing> => {
  const [row] = await withSystem(
    (tx) => tx.db.$queryRaw<Pairing[]>`
      select id, "franchiseId", "clubId", "connectionId", "createdById" from "RelayPairing"
      where "codeHash" = ${codeHashOf(code)} and "usedAt" is null and "revokedAt" is null and "expiresAt" > ${tx.now}`,
  );
  if (row === undefined) {
    throw codeIsDead();
  }
  return row;
};

const codeIsDead = (): DomainError => new DomainError("not_found", "this code is wrong, used or expired; ask for a new one");
