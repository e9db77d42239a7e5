import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { Arrived } from "#server/services/messages/store-message.ts";
import { confirmEffect } from "#server/services/effects/settle-effect.ts";

/** How far apart the vendor's clock and ours may stand when a message of ours comes back. */
const ECHO_WINDOW_MINUTES = 30;

/**
 * Whether an outbound message that a vendor shows is one of ours. It may come back before our own call has returned,
 * so an effect that is on its way, or whose outcome is unknown, is confirmed by it.
 */
export const recogniseEcho = async (tx: ServiceTx, ctx: ServiceContext, { arrival, place }: Arrived): Promise<boolean> => {
  const [ours] = await tx.db.$queryRaw<{ id: string; effectId: string }[]>`
    select id, "effectId" from "Message"
    where "clubId" = ${ctx.clubId} and "conversationId" = ${place.conversationId} and direction = 'outbound'
      and "effectId" is not null and "externalId" is null and "bodyHash" = ${arrival.bodyHash}
      and "createdAt" > ${new Date(tx.now.getTime() - ECHO_WINDOW_MINUTES * 60_000)}
    order by sequence limit 1`;
  if (ours === undefined) {
    return false;
  }
  await confirmEffect(tx, ctx, { effectId: ours.effectId, vendorReference: arrival.message.externalId, from: ["dispatching", "unknown", "needs_human"] });
  await tx.db.message.updateMany({
    where: { id: ours.id, clubId: ctx.clubId, externalId: null },
    data: { externalId: arrival.message.externalId, connectionId: arrival.connection.id },
  });
  return true;
};
