import "server-only";

import { z } from "zod";

import { ConnectorError } from "#server/connectors/errors.ts";
import { idSchema, type Id } from "#server/domain/ids.ts";
import { log } from "#server/platform/logger.ts";
import { withClub } from "#server/platform/tenant.ts";
import { assertCan } from "#server/services/authorize.ts";
import { runningBookingOf } from "#server/services/bookings/find-running-booking.ts";
import { openConnector } from "#server/services/connections/open-connector.ts";
import { connectionsWith } from "#server/services/connections/with-capability.ts";
import type { ServiceContext } from "#server/services/context.ts";

export const FindBayInput = z.object({ bay: z.string().regex(/^\d{1,2}$/), conversationId: idSchema("conversation") });

export type Bay = {
  readonly connectionId: Id<"connection">;
  readonly deviceExternalId: string;
  readonly deviceName: string;
  readonly bay: string;
};

/**
 * `ready`: the contact of the conversation holds the bay's running booking, and its device is known. `not_theirs`: nobody
 * is known to hold it, somebody else does, or the bookings are too old to rely on. `busy`: its device is being reset, or
 * was a moment ago without helping. `no_device`: no one device is meant, or its vendor cannot be asked.
 */
export type FoundBay = { readonly kind: "ready"; readonly bay: Bay } | { readonly kind: "not_theirs" | "busy" | "again" | "no_device" };

/** A bay that is to be reset again within this time was not helped by it: a person looks. */
const AGAIN_MINUTES = 20;

/** Whether a bay may be reset for whoever writes in a conversation, and by which device. Looks, and changes nothing. */
export const findBay = async (ctx: ServiceContext, raw: z.input<typeof FindBayInput>): Promise<FoundBay> => {
  assertCan(ctx, "booking.read");
  const { bay, conversationId } = FindBayInput.parse(raw);
  const known = await withClub(
    ctx,
    async (tx) => {
      const conversation = await tx.db.conversation.findFirst({
        where: { id: conversationId, clubId: ctx.clubId },
        select: { contactId: true },
      });
      const booking = await runningBookingOf(tx, ctx, bay);
      const resets = await tx.db.effect.findMany({
        where: {
          clubId: ctx.clubId,
          kind: "device.reset",
          status: { in: ["approved", "dispatching", "confirmed", "unknown"] },
          createdAt: { gt: new Date(tx.now.getTime() - AGAIN_MINUTES * 60_000) },
        },
        select: { arguments: true, result: true },
      });
      const isHeld = conversation !== null && booking !== null && !booking.isStale && booking.contactId === conversation.contactId;
      return { isHeld, resets, connectionIds: await connectionsWith(tx, ctx, "device.reset") };
    },
    { fixedNow: ctx.fixedNow },
  );
  if (!known.isHeld) {
    return { kind: "not_theirs" };
  }
  const device = await oneDevice(ctx, { bay, connectionIds: known.connectionIds });
  if (device === null) {
    return { kind: "no_device" };
  }
  const earlier = known.resets.filter(({ arguments: args }) => isOf(args, device.deviceExternalId));
  if (earlier.length > 0) {
    return { kind: earlier.some(({ result }) => stateOf(result) === null) ? "busy" : "again" };
  }
  return { kind: "ready", bay: device };
};

const isOf = (args: unknown, deviceExternalId: string): boolean =>
  z.object({ deviceExternalId: z.string() }).safeParse(args).data?.deviceExternalId === deviceExternalId;

/** How a watched reset ended; null while it runs. */
const stateOf = (result: unknown): string | null => z.object({ state: z.string() }).safeParse(result).data?.state ?? null;

type Search = { readonly bay: string; readonly connectionIds: readonly Id<"connection">[] };

const oneDevice = async (ctx: ServiceContext, { bay, connectionIds }: Search): Promise<Bay | null> => {
  const found: Bay[] = [];
  for (const connectionId of connectionIds) {
    try {
      const { devices } = await openConnector(ctx, { connectionId });
      for (const device of (await devices?.find({ words: bay })) ?? []) {
        found.push({ connectionId, deviceExternalId: device.externalId, deviceName: device.name, bay });
      }
    } catch (error) {
      if (!(error instanceof ConnectorError)) {
        throw error;
      }
      log.warn({ err: error, clubId: ctx.clubId, connectionId }, "devices could not be looked up");
      return null;
    }
  }
  const [only] = found;
  return found.length === 1 && only !== undefined ? only : null;
};
