import "server-only";

import { z } from "zod";

import { DomainError, notFound } from "#server/domain/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";

import { codeHashOf, newCode } from "./internal.ts";
import { CODE_MINUTES } from "./limits.ts";

export const OfferPairingInput = z.object({ connectionId: idSchema("connection") });

export type PairingOffer = {
  /** Shown once: only a hash of it is kept. */
  readonly code: string;
  readonly expiresAt: Date;
  /** What to type at the club; the controller's address is theirs to fill in. */
  readonly command: string;
};

/**
 * A code that pairs one relay with this connection within 15 minutes. An earlier code that was not used is worthless
 * from now on; the relay that serves the connection goes on until the new one is paired.
 * @throws `not_found` for a connection that has no relay: another club's, another vendor's, or gone
 */
export const offerPairing = async (ctx: ServiceContext, raw: z.input<typeof OfferPairingInput>): Promise<PairingOffer> => {
  assertCan(ctx, "connection.manage");
  const { connectionId } = OfferPairingInput.parse(raw);
  const code = newCode();
  const expiresAt = await inTransaction(ctx, async (tx) => {
    const place = { clubId: ctx.clubId, connectionId };
    const found = await tx.db.connection.count({
      where: { id: connectionId, clubId: ctx.clubId, provider: "unifi_access", archivedAt: null },
    });
    if (found === 0) {
      throw notFound("connection");
    }
    const until = new Date(tx.now.getTime() + CODE_MINUTES * 60_000);
    await tx.db.relayPairing.updateMany({ where: { ...place, usedAt: null, revokedAt: null }, data: { revokedAt: tx.now } });
    const id = newId("relayPairing");
    await tx.db.relayPairing.createMany({
      data: {
        id,
        ...place,
        franchiseId: ctx.franchiseId,
        codeHash: codeHashOf(code),
        createdById: personOf(ctx),
        createdAt: tx.now,
        expiresAt: until,
      },
    });
    await recordAudit(tx, ctx, { action: "relay.offered", entityId: id, details: { connectionId } });
    return until;
  });
  const command = `node spotter-relay.mjs --server ${env.APP_URL} --code ${code} --controller https://192.168.1.1:12445`;
  return { code, expiresAt, command };
};

const personOf = ({ actor }: ServiceContext): Id<"user"> => {
  if (actor.kind !== "staff") {
    throw new DomainError("forbidden", "only a person may pair a relay");
  }
  return actor.userId;
};
