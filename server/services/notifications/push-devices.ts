import "server-only";

import { z } from "zod";

import { refusalOfUrl } from "#server/connectors/_shared/address-rules.ts";
import { DomainError } from "#server/domain/errors.ts";
import { env } from "#server/platform/env.ts";
import { newId } from "#server/platform/ids.ts";
import { recordAudit } from "#server/services/audit.ts";
import { assertCan } from "#server/services/authorize.ts";
import { inTransaction, type ServiceContext } from "#server/services/context.ts";
import { actorOf } from "#server/services/users/actor-of.ts";
import type { SignedIn } from "#server/services/users/find-signed-in.ts";
import { staffOf } from "#server/services/users/staff-of.ts";

/** More browsers than one person uses; the one that was added first goes. */
const DEVICES_MAX_COUNT = 10;
/** An uncompressed point of P-256 and a secret of sixteen bytes, in base64url (RFC 8291, section 3). */
const P256DH = /^B[\w-]{86}$/;
const AUTH = /^[\w-]{22}$/;

export const PushDeviceInput = z.object({
  endpoint: z.url().max(1_000),
  p256dh: z.string().regex(P256DH, "this is no key of a browser"),
  auth: z.string().regex(AUTH, "this is no secret of a browser"),
});
export const EndpointInput = PushDeviceInput.pick({ endpoint: true });

/**
 * This browser tells me from now on, and nobody else who used it before. @throws `invalid` for an address that is not on the open
 * internet, `precondition_failed` where the installation has no key for it
 */
export const addPushDevice = async (ctx: ServiceContext, raw: z.input<typeof PushDeviceInput>): Promise<void> => {
  assertCan(ctx, "notification.own");
  const { auth, endpoint, p256dh } = PushDeviceInput.parse(raw);
  const userId = staffOf(ctx);
  if (env.PUSH_PRIVATE_KEY === undefined) {
    throw new DomainError("precondition_failed", "this installation has no key for push");
  }
  // Anybody of the staff may name one, so the private networks that are open to an owner's addresses are not open here.
  if (refusalOfUrl(new URL(endpoint), []) !== null) {
    throw new DomainError("invalid", "this is no address of a push service");
  }
  await inTransaction(ctx, async (tx) => {
    const scope = { franchiseId: ctx.franchiseId, clubId: ctx.clubId };
    await tx.db.pushDevice.upsert({
      where: { clubId_endpoint: { clubId: ctx.clubId, endpoint } },
      create: { ...scope, id: newId("pushDevice"), userId, endpoint, p256dh, auth, createdAt: tx.now },
      update: { userId, p256dh, auth },
      select: { id: true },
    });
    const older = await tx.db.pushDevice.findMany({
      where: { clubId: ctx.clubId, userId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip: DEVICES_MAX_COUNT,
      select: { id: true },
    });
    await tx.db.pushDevice.deleteMany({ where: { clubId: ctx.clubId, id: { in: older.map(({ id }) => id) } } });
    await recordAudit(tx, ctx, { action: "device.added", entityId: userId });
  });
};

/** This browser tells me no more. Quiet where it did not. */
export const removePushDevice = async (ctx: ServiceContext, raw: z.input<typeof EndpointInput>): Promise<void> => {
  assertCan(ctx, "notification.own");
  const { endpoint } = EndpointInput.parse(raw);
  const userId = staffOf(ctx);
  await inTransaction(ctx, async (tx) => {
    const { count } = await tx.db.pushDevice.deleteMany({ where: { clubId: ctx.clubId, userId, endpoint } });
    if (count > 0) {
      await recordAudit(tx, ctx, { action: "device.removed", entityId: userId });
    }
  });
};

type Change = (ctx: ServiceContext) => Promise<void>;

/** A browser is one person's in every club they work in, each in its own context. */
export const inEachClub = async (
  user: Pick<SignedIn, "userId" | "name" | "clubs" | "signedInAt" | "desk">,
  requestId: string,
  change: Change,
): Promise<void> => {
  for (const club of user.clubs) {
    const actor = actorOf(user, club);
    await change({ franchiseId: club.franchiseId, clubId: club.id, actor, requestId });
  }
};
