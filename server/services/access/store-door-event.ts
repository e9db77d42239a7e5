import "server-only";

import type { VendorEvent } from "#server/connectors/webhook.ts";
import { idSchema } from "#server/domain/ids.ts";
import { newId } from "#server/platform/ids.ts";
import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import { confirmEffect } from "#server/services/effects/settle-effect.ts";

type DoorEvent = Extract<VendorEvent, { kind: "door" }>;
type Input = { readonly connectionId: string; readonly event: DoorEvent };

/**
 * What a door tells: our own unlock coming back settles its effect, also one whose outcome nobody knew; a member who was
 * let in has visited the club. Everybody else leaves no trace.
 */
export const storeDoorEvent = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, event }: Input): Promise<void> => {
  const effectId = idSchema("effect").safeParse(event.pulseKey);
  if (effectId.success) {
    const isOurs = await tx.db.effect.count({ where: { id: effectId.data, clubId: ctx.clubId, connectionId, kind: "door.pulse" } });
    if (isOurs > 0 && event.isGranted) {
      await confirmEffect(tx, ctx, { effectId: effectId.data, vendorReference: event.externalId, by: "echo" });
    }
    return;
  }
  if (event.isGranted && event.personExternalId !== null) {
    await addVisit(tx, ctx, { connectionId, personExternalId: event.personExternalId, at: event.at });
  }
};

type Entry = { readonly connectionId: string; readonly personExternalId: string; readonly at: Date };

const addVisit = async (tx: ServiceTx, ctx: ServiceContext, { connectionId, personExternalId, at }: Entry): Promise<void> => {
  const identity = await tx.db.memberIdentity.findFirst({
    where: { clubId: ctx.clubId, connectionId, externalId: personExternalId, memberId: { not: null } },
    select: { memberId: true },
  });
  if (identity?.memberId == null) {
    return;
  }
  const { memberId } = identity;
  const { count } = await tx.db.visit.createMany({
    data: { id: newId("visit"), franchiseId: ctx.franchiseId, clubId: ctx.clubId, memberId, at },
    skipDuplicates: true,
  });
  if (count > 0) {
    await tx.db.member.updateMany({ where: { id: memberId, clubId: ctx.clubId }, data: { visitCount: { increment: 1 } } });
    await tx.db.member.updateMany({
      where: { id: memberId, clubId: ctx.clubId, OR: [{ lastVisitAt: null }, { lastVisitAt: { lt: at } }] },
      data: { lastVisitAt: at, updatedAt: tx.now },
    });
  }
};
