import "server-only";

import { z } from "zod";

import { notFound } from "#server/domain/errors.ts";
import { idSchema } from "#server/domain/ids.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import type { ServiceContext } from "#server/services/context.ts";

import { isMistrusted } from "./internal.ts";
import { SILENT_SECONDS } from "./limits.ts";

export const GetRelayInput = z.object({ connectionId: idSchema("connection") });

export type RelayView = {
  /** `null` = none is paired. */
  readonly relay: {
    readonly pairedAt: Date;
    readonly lastSeenAt: Date | null;
    readonly isSilent: boolean;
    readonly version: string | null;
    /** SHA-256 of the controller's certificate, to compare with what the relay printed at the club. */
    readonly fingerprint: string | null;
    /** The controller shows another one now: nothing is sent to it. */
    readonly shownFingerprint: string | null;
    readonly isMistrusted: boolean;
    readonly controllerSeenAt: Date | null;
  } | null;
  /** A code that waits to be used; the code itself was shown once. */
  readonly openCodeExpiresAt: Date | null;
};

/** How the relay of a connection is. @throws `not_found` for a connection that is not this club's */
export const getRelay = async (ctx: ServiceContext, raw: z.input<typeof GetRelayInput>): Promise<RelayView> => {
  assertCan(ctx, "connection.read");
  const { connectionId } = GetRelayInput.parse(raw);
  return withClub(
    ctx,
    async (tx) => {
      const place = { clubId: ctx.clubId, connectionId };
      if ((await tx.db.connection.count({ where: { id: connectionId, clubId: ctx.clubId, archivedAt: null } })) === 0) {
        throw notFound("connection");
      }
      const relay = await tx.db.relay.findFirst({
        where: { ...place, revokedAt: null },
        select: { pairedAt: true, lastSeenAt: true, version: true, fingerprint: true, shownFingerprint: true, controllerSeenAt: true },
      });
      const code = await tx.db.relayPairing.findFirst({
        where: { ...place, usedAt: null, revokedAt: null, expiresAt: { gt: tx.now } },
        select: { expiresAt: true },
      });
      const heardAt = relay?.lastSeenAt?.getTime() ?? 0;
      return {
        relay:
          relay === null
            ? null
            : { ...relay, isSilent: tx.now.getTime() - heardAt > SILENT_SECONDS * 1_000, isMistrusted: isMistrusted(relay) },
        openCodeExpiresAt: code?.expiresAt ?? null,
      };
    },
    { fixedNow: ctx.fixedNow },
  );
};
