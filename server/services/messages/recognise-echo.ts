import "server-only";

import type { ServiceContext, ServiceTx } from "#server/services/context.ts";
import type { Arrived } from "#server/services/messages/store-message.ts";
import { confirmEffect } from "#server/services/effects/settle-effect.ts";

/** How far apart the vendor's clock and ours may stand when a message of ours comes back. */
const ECHO_WINDOW_MINUTES = 30;

/**
 * Whether an outbound message that a vendor shows is one of ours. It may come back before our own call has returned,
 * so an effect that is on its way, or whose outcome is unknown, is confirmed by it. The same words where ours never
 * reached the vendor (failed, dropped, still waiting) were typed by a person.
 */
export const recogniseEcho = async (tx: ServiceTx, ctx: ServiceContext, { arrival, place }: Arrived): Promise<boolean> => {
  const [ours] = await tx.db.$queryRaw<{ id: string; effectId: string }[]>`
    select m.id, m."effectId" from "Message" m
    join "Effect" e on e.id = m."effectId" and e."clubId" = m."clubId"
    where m."clubId" = ${ctx.clubId} and m."conversationId" = ${place.conversationId} and m.direction = 'outbound'
      and m."externalId" is null and m."bodyHash" = ${arrival.bodyHash}
      and m."createdAt" > ${new Date(tx.now.getTime() - ECHO_WINDOW_MINUTES * 60_000)}
      and (e.status in ('dispatching', 'confirmed', 'unknown', 'needs_human') or (e.status in ('planned', 'approved') and e.attempt > 0))
    order by m.sequence limit 1`;
  if (ours === undefined) {
    return false;
  }
  await confirmEffect(tx, ctx, { effectId: ours.effectId, vendorReference: arrival.message.externalId, by: "echo" });
  await tx.db.message.updateMany({
    where: { id: ours.id, clubId: ctx.clubId, externalId: null },
    data: { externalId: arrival.message.externalId, connectionId: arrival.connection.id },
  });
  return true;
};
